package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.stream.StreamException;

class FailuresTest {

  /** A test must not hand its interruption on to the next one. */
  @AfterEach
  void clearInterruption() {
    Thread.interrupted();
  }

  @Test
  void givesSparkTheSentenceWithoutItsCause() {
    Exception cause = new Exception("status code 400");
    for (RuntimeException error : new RuntimeException[] {
      new StreamException("Say this.", cause),
      new IllegalArgumentException("Say this.", cause),
    }) {
      StreamException told = assertThrows(StreamException.class, () -> fail(error));
      assertEquals("Say this.", told.getMessage());
      assertNull(told.getCause());
      assertEquals(error.getStackTrace()[0], told.getStackTrace()[0]);
    }
  }

  @Test
  void leavesAloneWhatIsOneSentenceOrAFaultOfThisProgram() {
    RuntimeException plain = new StreamException("Say this.");
    assertSame(plain, assertThrows(StreamException.class, () -> fail(plain)));
    RuntimeException fault = new IllegalStateException("fault", new Exception("cause"));
    assertSame(fault, assertThrows(IllegalStateException.class, () -> fail(fault)));
  }

  @Test
  void tellsSparkOfAnInterruptionInTheFormThatCountsAsAStop() {
    Exception cause = new StreamException("inner", new InterruptedException());
    assertStopped(new StreamException("outer", cause));
    assertStopped(new IllegalStateException("outer", new InterruptedIOException()));
    Thread.currentThread().interrupt();
    assertStopped(new StreamException("Kinesis cannot be reached."));
  }

  private static void assertStopped(RuntimeException error) {
    UncheckedIOException told = assertThrows(UncheckedIOException.class, () -> fail(error));
    assertInstanceOf(InterruptedIOException.class, told.getCause());
  }

  private static void fail(RuntimeException error) {
    Failures.told(() -> {
      throw error;
    });
  }
}

package streamingml.kinesis.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

/** Any text is an offset or refused with advice; a written offset can be read again. */
public final class OffsetFuzzer {

  private OffsetFuzzer() {}

  /** Reads the bytes as the text of an offset. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    OffsetJson.isOwn(text);
    StreamOffset offset;
    try {
      offset = OffsetJson.read(text);
    } catch (IllegalArgumentException error) {
      String message = error.getMessage();
      assertTrue(message.startsWith("The checkpoint's offset is "), message);
      assertTrue(message.endsWith("begin with a new job.generation."), message);
      return;
    }
    String written = OffsetJson.write(offset);
    assertEquals(offset, OffsetJson.read(written));
    assertEquals(written, OffsetJson.write(OffsetJson.read(written)));
    assertTrue(OffsetJson.isOwn(written));
  }
}

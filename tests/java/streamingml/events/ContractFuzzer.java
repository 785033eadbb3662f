package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

/** Any text is a compiled contract or refused in a sentence, before a record is read. */
public final class ContractFuzzer {

  private ContractFuzzer() {}

  /** Reads the bytes as the text of a contract. */
  public static void fuzzerTestOneInput(byte[] input) {
    EventContract contract;
    try {
      contract = EventContract.parse(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalStateException error) {
      assertTrue(error.getMessage().startsWith("The event contract "), error.getMessage());
      return;
    }
    new ReadEvent(contract).invoke("{}".getBytes(StandardCharsets.UTF_8), 0, new byte[32]);
  }
}

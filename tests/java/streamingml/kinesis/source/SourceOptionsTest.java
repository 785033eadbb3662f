package streamingml.kinesis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {

  private static SourceOptions options(Map<String, String> options) {
    return SourceOptions.of(new CaseInsensitiveStringMap(options));
  }

  private static SourceOptions with(String name, String value) {
    Map<String, String> options = new HashMap<>(Map.of("streamName", "events"));
    options.put(name, value);
    return options(options);
  }

  @Test
  void leavesRegionAndEndpointToTheSdkAndHasSpanAndBatchByDefault() {
    assertEquals(
      new SourceOptions(
        new StreamConnection("events", null, null),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
      ),
      options(Map.of("streamName", "events"))
    );
  }

  @Test
  void takesAllOptionsWhateverTheirCase() {
    assertEquals(
      new SourceOptions(
        new StreamConnection("events", "eu-west-1", URI.create("http://127.0.0.1:4566")),
        Duration.ofMillis(200),
        Duration.ofSeconds(3)
      ),
      options(
        Map.of(
          "STREAMNAME",
          "events",
          "region",
          "eu-west-1",
          "endpointurl",
          "http://127.0.0.1:4566",
          "batchSeconds",
          "0.2",
          "spanSeconds",
          "3"
        )
      )
    );
  }

  @ParameterizedTest
  @CsvSource({ "0.001, 1", "3600, 3600000", "1e1, 10000" })
  void takesSecondsWithinTheirBounds(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), with("spanSeconds", text).span());
  }

  @ParameterizedTest
  @ValueSource(strings = { "0", "0.0009", "-1", "3600.001", "1e99999999", "ten", "", "NaN" })
  void refusesOtherSeconds(String text) {
    assertRefused("batchSeconds", text, "a number of seconds, 0.001 to 3600");
  }

  @ParameterizedTest
  @ValueSource(strings = { "127.0.0.1:4566", "ftp://host", "http:///path", "http://a b", "" })
  void refusesWhatIsNoAddress(String text) {
    assertRefused("endpointUrl", text, "an address");
  }

  @ParameterizedTest
  @ValueSource(strings = { "arn:aws:kinesis:eu-west-1:1:stream/events", "", "two words" })
  void refusesWhatIsNoNameOfAStream(String text) {
    assertRefused("streamName", text, "1 to 128 letters");
  }

  @Test
  void namesAllProblemsInOneSentence() {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () ->
      options(Map.of("region", "Ireland", "spanSeconds", "0", "failOnDataLoss", "false"))
    );
    assertEquals(
      "The options of format \"kinesis-ranges\" are not right: `streamName` is missing: set it to the name of the" +
        " stream; `region` must be a region such as eu-west-1, or absent, but is \"Ireland\"; `spanSeconds` must be a" +
        " number of seconds, 0.001 to 3600, but is \"0\"; `failOnDataLoss` is unknown (the options are streamName," +
        " region, endpointUrl, batchSeconds, spanSeconds).",
      error.getMessage()
    );
  }

  private static void assertRefused(String name, String text, String what) {
    String message = assertThrows(IllegalArgumentException.class, () ->
      with(name, text)
    ).getMessage();
    assertTrue(message.contains("`" + name + "` must be " + what), message);
    assertTrue(message.contains("but is \"" + text + "\""), message);
  }
}

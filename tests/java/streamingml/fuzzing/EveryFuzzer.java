package streamingml.fuzzing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import streamingml.events.ContractFuzzer;
import streamingml.events.MaskFuzzer;
import streamingml.events.RecordFuzzer;
import streamingml.events.TimestampFuzzer;
import streamingml.kinesis.offset.OffsetFuzzer;
import streamingml.kinesis.offset.former.FormerOffsetFuzzer;
import streamingml.kinesis.reading.aggregation.AggregatedRecordFuzzer;
import streamingml.state.StateFileFuzzer;
import streamingml.state.StateRoundTripFuzzer;

/** All fuzzers in one virtual machine, whose start takes longer than a build's share of any of them. */
public final class EveryFuzzer {

  private EveryFuzzer() {}

  /** Hands the input to the fuzzer that its last byte chooses, in the order of {@code tests/fuzzing/javaFuzzers.ts}. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
    switch (data.consumeInt(0, 8)) {
      case 0 -> RecordFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 1 -> TimestampFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 2 -> MaskFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 3 -> ContractFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 4 -> OffsetFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 5 -> AggregatedRecordFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 6 -> StateFileFuzzer.fuzzerTestOneInput(data.consumeRemainingAsBytes());
      case 7 -> FormerOffsetFuzzer.fuzzerTestOneInput(data);
      default -> StateRoundTripFuzzer.fuzzerTestOneInput(data);
    }
  }
}

/** A class of `tests/java` that Jazzer runs, and how often the long form runs it. */
export interface JavaFuzzer {
  /** What is fuzzed, as the page of drills says it. */
  readonly name: string;
  readonly className: string;
  readonly executions: number;
  /** Inputs to begin with. */
  readonly seeds: readonly string[];
}

/** In the order in which `EveryFuzzer` chooses among them. */
export const JAVA_FUZZERS: readonly JavaFuzzer[] = [
  {
    name: "records",
    className: "streamingml.events.RecordFuzzer",
    executions: 300_000,
    seeds: [
      '\u0000{"id":"1","user":"u","text":"to a@b.cc","label":"yes","at":"2025-02-03T04:05:06.789Z"}',
      '\u0001{"a":{"x":-1.5e3,"b":{"n":7,"c":true}},"o":{"k":9}}',
      '\u0002{"s":["a"],"p":["b"],"t":["2025-02-03T04:05:06Z"],"n":[0,1],"x":[1e9],"b":[false]}',
    ],
  },
  {
    name: "timestamps",
    className: "streamingml.events.TimestampFuzzer",
    executions: 500_000,
    seeds: [
      "2025-02-03T04:05:06.789Z",
      "1900-01-01t00:00:00.1234567891+18:00",
      "7049-01-01T00:00:00Z",
    ],
  },
  {
    name: "masks",
    className: "streamingml.events.MaskFuzzer",
    executions: 200_000,
    seeds: ["\u0009call +49 30 1234567 or write to info@example.co.uk, (020) 7946 0958"],
  },
  {
    name: "contracts",
    className: "streamingml.events.ContractFuzzer",
    executions: 500_000,
    seeds: [
      '{"version":1,"maximumRecordBytes":9,"objects":[{"path":["o"],"required":true}],"fields":[{"path":["o","f"],' +
        '"column":"f","type":"integer","required":true,"minimum":0,"maximum":9,"maximumItems":2,"uses":["slice"]}]}',
    ],
  },
  {
    name: "source offsets",
    className: "streamingml.kinesis.offset.OffsetFuzzer",
    executions: 300_000,
    seeds: [
      '{"version":1,"stream":{"name":"e","createdAt":"2026-11-29T05:00:00Z"},"shards":{"a":{"position":"AT",' +
        '"sequenceNumber":"49","arrivedAt":"2026-11-29T05:00:00Z","from":"48","tipSeenAt":"2026-11-29T05:00:00Z"},' +
        '"b":{"position":"TRIM_HORIZON","waitsFor":["a"]}}}',
    ],
  },
  {
    name: "aggregated records",
    className: "streamingml.kinesis.reading.aggregation.AggregatedRecordFuzzer",
    executions: 300_000,
    seeds: ["\u000a\u0001k\u001a\u0005\u0008\u0000\u001a\u0001a"],
  },
  {
    name: "state files",
    className: "streamingml.state.StateFileFuzzer",
    executions: 500_000,
    // An odd byte, a header without values, one run of one key.
    seeds: [
      `\u0001${"\0".repeat(12)}${number(1)}${number(0)}${number(0)}${number(1)}${number(1)}` +
        `${number(0)}${number(0)}${"\0".repeat(4)}${number(9)}${number(1)}${number(3)}${number(4)}${"\0".repeat(4)}`,
    ],
  },
  {
    name: "former offsets",
    className: "streamingml.kinesis.offset.former.FormerOffsetFuzzer",
    executions: 300_000,
    seeds: [
      '{"metadata":{"streamName":"events","batchId":"7"},"shardId-0":{"iteratorType":"TRIM_HORIZON",' +
        '"iteratorPosition":""}}',
    ],
  },
  {
    name: "states, written and read",
    className: "streamingml.state.StateRoundTripFuzzer",
    executions: 50_000,
    seeds: [],
  },
];

/** Eight bytes, the last one the number. */
function number(value: number): string {
  return `${"\0".repeat(7)}${String.fromCharCode(value)}`;
}

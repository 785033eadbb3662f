package streamingml.kinesis.offset.former;

/** The connectors that this source can take over from, and how they are recognised. */
enum FormerConnector {
  /** EMR's connector, awslabs/spark-sql-kinesis-connector, 1.x and 2.x. */
  AWS_KINESIS("shard-source", "aws-kinesis", "set job.source back"),
  /** Qubole's connector, qubole/kinesis-sql. */
  QUBOLE("shard-commit", "kinesis", "deploy the release before this one again");

  /** Folder below the source's folder with the positions of all shards, one folder per micro-batch. */
  final String folder;

  /** The connector's name in {@code job.source}. */
  final String source;

  /** How to continue reading with it. */
  final String wayBack;

  FormerConnector(String folder, String source, String wayBack) {
    this.folder = folder;
    this.source = source;
    this.wayBack = wayBack;
  }
}

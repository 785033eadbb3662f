package streamingml.kinesis.offset.former;

/** The connectors that read the stream before this source, and how they are told apart. */
enum FormerConnector {
  /** EMR's connector, awslabs/spark-sql-kinesis-connector, 1.x and 2.x. */
  AWS_KINESIS("shard-source", "aws-kinesis", "set job.source back"),
  /** Qubole's connector, qubole/kinesis-sql. */
  QUBOLE("shard-commit", "kinesis", "deploy the release before this one again");

  /** Folder below the source's own where it writes how far each shard was read, one folder a micro-batch. */
  final String folder;

  /** The connector's name in {@code job.source}. */
  final String source;

  /** How to have it read on. */
  final String wayBack;

  FormerConnector(String folder, String source, String wayBack) {
    this.folder = folder;
    this.source = source;
    this.wayBack = wayBack;
  }
}

import type { Capacity } from "./capacity";
import type { JobConfig, JobSource, SparkConfig } from "./config";

/**
 * What the streaming job's guarantees rest on. These travel with the step, so they hold wherever it runs.
 * - A second copy of a task (speculation) would double the reads of its shards, whose number Kinesis limits, and two
 *   executors would write one state file.
 * - The state store of our own keeps a trigger's work small however many event ids are remembered.
 */
const GUARANTEES: Readonly<Record<string, string>> = {
  "spark.speculation": "false",
  "spark.sql.sources.partitionOverwriteMode": "dynamic",
  "spark.sql.session.timeZone": "UTC",
  "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
  "spark.sql.streaming.noDataMicroBatches.enabled": "false",
  "spark.sql.catalog.streaming_ml": "streamingml.events.EventFunctions",
  "spark.sql.streaming.stateStore.providerClass": "streamingml.state.ExpiringKeyStateStoreProvider",
};

/**
 * EMR's connector does not know where a micro-batch ends before it has read it: a source stage that is read again may
 * read further than its first attempt, and reducers that had finished would miss the difference. So with it a stage
 * fails once, and the query restarts.
 */
const UNPLANNED_GUARANTEES: Readonly<Record<string, string>> = {
  "spark.stage.maxConsecutiveAttempts": "1",
};

function guarantees(source: JobSource): Readonly<Record<string, string>> {
  return source === "kinesis-ranges" ? GUARANTEES : { ...GUARANTEES, ...UNPLANNED_GUARANTEES };
}

/** Folder the driver's Python dependencies are unpacked into, inside the container. */
export const DEPENDENCIES_FOLDER = "driver_dependencies";

/** Least seconds an executor may idle before it is given back. */
const EXECUTOR_IDLE_SECONDS = 600;

/** Triggers it may idle at the least: executors that leave between two micro-batches come back with each. */
const IDLE_TRIGGERS = 2;

/** Attempts of the driver on YARN inside {@link ATTEMPT_VALIDITY}; older failures are forgotten. */
export const APPLICATION_ATTEMPTS = 4;
const ATTEMPT_VALIDITY = "1h";

/** The logs of `spark/log4j2.properties` that YARN may upload and delete while the job goes on. */
export const ROLLED_LOGS = String.raw`spark-\d{8}-\d{2}-\d+\.log`;

/** Settings that no stack may bring, and what they would break. */
export const HARMFUL_SETTINGS: Readonly<Record<string, string>> = {
  "spark.driver.extraClassPath":
    "would take EMR's own class path away, and the Kinesis connector with it: use spark.jars",
  "spark.executor.extraClassPath":
    "would take EMR's own class path away, and the Kinesis connector with it: use spark.jars",
  "spark.pyspark.driver.python":
    "would run the driver under another Python than its packages are built for",
  "spark.files": "would take the job's log configuration away: ship files with the code",
};

/** All settings of the streaming job. Yarn's own are left out where there is no YARN. */
export function streamingJobSettings(
  { source, spark }: Pick<JobConfig, "source" | "spark">,
  capacity: Capacity,
): Record<string, string> {
  const settings: Record<string, string> = {
    ...spark.settings,
    ...guarantees(source),
    "spark.sql.shuffle.partitions": String(capacity.shufflePartitions),
    "spark.driver.memory": `${spark.driverMemoryMb}m`,
    "spark.eventLog.rolling.enabled": "true",
    "spark.eventLog.rolling.maxFileSize": "128m",
  };
  return spark.master === "yarn"
    ? {
        ...settings,
        ...executorSettings(spark, capacity, capacity.minimumExecutors, capacity.maximumExecutors),
        ...driverEnvironment(),
        // The step lives as long as the job: its state is how EMR, the events and the next `up` know of a failure.
        "spark.yarn.submit.waitAppCompletion": "true",
        "spark.yarn.maxAppAttempts": String(APPLICATION_ATTEMPTS),
        "spark.yarn.am.attemptFailuresValidityInterval": ATTEMPT_VALIDITY,
        // A job that never ends loses a spot node now and then; only many losses at once are a reason to give up.
        "spark.executor.failuresValidityInterval": ATTEMPT_VALIDITY,
        "spark.yarn.rolledLog.includePattern": ROLLED_LOGS,
      }
    : settings;
}

/**
 * Settings of a batch job on the same cluster. It takes what the streaming job leaves.
 *
 * @param maximumExecutors executors it may ask for; those that find no node make the cluster grow
 */
export function batchJobSettings(
  spark: SparkConfig,
  capacity: Capacity,
  maximumExecutors: number,
): Record<string, string> {
  const settings: Record<string, string> = {
    ...spark.settings,
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.driver.memory": `${spark.driverMemoryMb}m`,
  };
  return spark.master === "yarn"
    ? {
        ...settings,
        ...executorSettings(spark, capacity, 0, maximumExecutors),
        ...driverEnvironment(),
      }
    : settings;
}

/**
 * Which Python a job runs: the one its archives are built for, on every process of the cluster. EMR's own default is
 * older. Without YARN it is only said, in the environment of containers that are never started: the process that
 * submits decides there, and whoever runs it knows what was asked.
 *
 * @param path where the cluster's nodes have it, for example /usr/bin/python3.11
 */
export function pythonSettings(spark: SparkConfig, path: string): Record<string, string> {
  return {
    "spark.yarn.appMasterEnv.PYSPARK_PYTHON": path,
    "spark.executorEnv.PYSPARK_PYTHON": path,
    // Wins over every environment, also where the driver is the step's own process.
    ...(spark.master === "yarn" ? { "spark.pyspark.python": path } : {}),
  };
}

/** Names the program sets itself for a job with this source, whatever the master. */
export function reservedSettings(source: JobSource): ReadonlySet<string> {
  const spark: SparkConfig = {
    master: "yarn",
    deployMode: "cluster",
    driverCores: 1,
    driverMemoryMb: 1,
    executorCores: 1,
    executorMemoryMb: 1,
    settings: {},
  };
  const capacity: Capacity = {
    triggerSeconds: 1,
    minimumExecutors: 1,
    maximumExecutors: 1,
    minimumUnits: 1,
    maximumUnits: 1,
    driverUnits: 1,
    shufflePartitions: 2,
  };
  return new Set(
    Object.keys({
      ...streamingJobSettings({ source, spark }, capacity),
      ...pythonSettings(spark, ""),
    }),
  );
}

function executorSettings(
  spark: SparkConfig,
  capacity: Capacity,
  minimum: number,
  maximum: number,
): Record<string, string> {
  return {
    "spark.driver.cores": String(spark.driverCores),
    "spark.executor.cores": String(spark.executorCores),
    "spark.executor.memory": `${spark.executorMemoryMb}m`,
    "spark.dynamicAllocation.enabled": "true",
    "spark.dynamicAllocation.minExecutors": String(minimum),
    "spark.dynamicAllocation.initialExecutors": String(Math.max(1, minimum)),
    "spark.dynamicAllocation.maxExecutors": String(maximum),
    "spark.dynamicAllocation.executorIdleTimeout": `${Math.max(
      EXECUTOR_IDLE_SECONDS,
      IDLE_TRIGGERS * capacity.triggerSeconds,
    )}s`,
  };
}

/** The driver finds its dependencies in the unpacked archive; nothing is installed on the cluster. */
function driverEnvironment(): Record<string, string> {
  return { "spark.yarn.appMasterEnv.PYTHONPATH": DEPENDENCIES_FOLDER };
}

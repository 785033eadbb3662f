import ownSettings from "../../contracts/spark-settings.json";
import { APPLICATION_ATTEMPTS } from "../shared/emr";
import type { Capacity } from "./capacity";
import type { JobConfig, JobSource, SparkConfig } from "./config";

/** Folder the driver's Python dependencies are unpacked into, inside the container. */
export const DEPENDENCIES_FOLDER = "driver_dependencies";

/** An executor is released after this many idle seconds at the earliest. */
const EXECUTOR_IDLE_SECONDS = 600;

/** And after this many triggers: an executor released between two micro-batches would be requested again for each. */
const IDLE_TRIGGERS = 2;

/** Failed attempts of the driver, and of executors, that are older are forgotten. */
const ATTEMPT_VALIDITY = "1h";

/** The log files (`spark/log4j2.properties`) that YARN may upload and delete while the job runs. */
export const ROLLED_LOGS = String.raw`spark-\d{8}-\d{2}-\d+\.log`;

/** Settings that no stack may bring, and what they would break. */
const HARMFUL_SETTINGS: Readonly<Record<string, string>> = {
  "spark.driver.extraClassPath":
    "would take EMR's own class path away, and the Kinesis connector with it: use spark.jars",
  "spark.executor.extraClassPath":
    "would take EMR's own class path away, and the Kinesis connector with it: use spark.jars",
  "spark.pyspark.driver.python":
    "would run the driver under another Python than its packages are built for",
  "spark.files": "would take the job's log configuration away: ship files with the code",
};

/**
 * The settings of the streaming job that depend on the stack; YARN's are left out where there is no YARN. Those that the
 * job relies on are not among them: it sets them itself (`contracts/spark-settings.json`).
 */
export function streamingJobSettings(
  { spark }: Pick<JobConfig, "spark">,
  capacity: Capacity,
): Record<string, string> {
  const settings: Record<string, string> = {
    ...spark.settings,
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
        // The step ends with the job: its state tells EMR, EventBridge and the next `up` of a failure.
        "spark.yarn.submit.waitAppCompletion": "true",
        "spark.yarn.maxAppAttempts": String(APPLICATION_ATTEMPTS),
        "spark.yarn.am.attemptFailuresValidityInterval": ATTEMPT_VALIDITY,
        // A job that never ends loses a spot node now and then; only many losses in one hour are a reason to give up.
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
 * older. Without YARN the settings have no effect, because no container is started: the process that submits the job
 * decides, and can read from them which Python is expected.
 *
 * @param path where the cluster's nodes have it, for example /usr/bin/python3.11
 */
export function pythonSettings(spark: SparkConfig, path: string): Record<string, string> {
  return {
    "spark.yarn.appMasterEnv.PYSPARK_PYTHON": path,
    "spark.executorEnv.PYSPARK_PYTHON": path,
    // Overrides every environment variable, also where the driver is the step's own process.
    ...(spark.master === "yarn" ? { "spark.pyspark.python": path } : {}),
  };
}

/** Why a stack may not bring a setting, as the rest of a sentence; undefined when it may. */
export function settingProblem(name: string, source: JobSource): string | undefined {
  const reason = jobSettings(source)[name]?.reason;
  if (reason !== undefined) {
    return `is set by the job itself, because ${reason}: remove it`;
  }
  return programSettings().has(name) ? "is set by the program: remove it" : HARMFUL_SETTINGS[name];
}

/** What the jobs set themselves when they build their session: a deployment cannot change it. */
function jobSettings(
  source: JobSource,
): Readonly<Record<string, { readonly reason: string } | undefined>> {
  const { everyJob, streamingJob, streamingJobWithConnector, batchJobs } = ownSettings;
  return {
    ...everyJob,
    ...streamingJob,
    ...(source === "aws-kinesis" ? streamingJobWithConnector : {}),
    ...batchJobs,
  };
}

/** Names of the settings that the program puts into a command, whatever the master. */
function programSettings(): ReadonlySet<string> {
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
    Object.keys({ ...streamingJobSettings({ spark }, capacity), ...pythonSettings(spark, "") }),
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

import { BUILT_FOR } from "../../components/runtimes/builtFor";
import { DATA_SET_FILE } from "../../contracts/workload/dataSet";
import { readDataSet } from "../../contracts/workload/readWorkload";
import { ACTIONLINT_VERSION, installActionlint } from "./actionlint";
import { builtArchiveInputs, packBuiltArchives, PACKED_LIST } from "./builtArchives";
import { archiveClasses, classDataFiles, classDataInputs } from "./classData";
import { compileContracts, contractFiles, contractInputs } from "./contracts";
import { dataSetFiles, installDataSet } from "./dataSets";
import { ENGINE_VERSION, engineInputs, installEngine } from "./engine";
import { packageInputs } from "./ivy";
import {
  compileJava,
  compileJavaTests,
  installJavaTestJars,
  javaInputs,
  javaTestInputs,
} from "./java";
import { installKinesisClient, kinesisClientInputs } from "./kinesisClient";
import { installNodeLines, nodeLineFiles, nodeLineInputs } from "./nodeLines";
import { installObjectStorage, OBJECT_STORAGE_VERSION, objectStorageInputs } from "./objectStorage";
import { installPhoneNumbers, phoneNumbersInputs } from "./phoneNumbers";
import { installDriverDependencies, installPython } from "./python";
import { installSparkPackages, SPARK_PACKAGES_FINGERPRINT } from "./sparkPackages";
import { fingerprint, isCurrent } from "./stamp";

type Report = (line: string) => void;

export interface SetupStep {
  readonly name: string;
  readonly title: string;
  /** Said to the person before the step runs, for example the terms of what it fetches. */
  readonly notice?: string;
  /** Whether nothing but tests need what it makes. @default false */
  readonly onlyForTests?: boolean;
  /** All steps that must have ended first; they stand earlier in the list. One that is current runs no more itself. */
  readonly after: readonly string[];
  /** Changes when the step has to run again. */
  readonly fingerprint: string;
  /** Paths, relative to the repository, whose absence means that the step has to run again. */
  readonly results: readonly string[];
  run(report: Report): Promise<void>;
}

/**
 * What a machine needs beside `node_modules`, in an order that satisfies every `after`.
 *
 * @param workload whose data set is fetched; no other one is
 */
export function setupSteps(workload: string): SetupStep[] {
  return [
    {
      name: "python",
      title: "Python packages (TensorFlow, Spark, moto; 740 MB)",
      after: [],
      fingerprint: fingerprint(["requirements.lock"]),
      results: [".local/venv/bin/python"],
      run: installPython,
    },
    {
      name: "engine",
      title: `Pulumi engine ${ENGINE_VERSION}`,
      after: [],
      fingerprint: fingerprint(engineInputs(), [ENGINE_VERSION]),
      results: [".local/bin/pulumi"],
      run: installEngine,
    },
    {
      name: "object-storage",
      title: `S3 server ${OBJECT_STORAGE_VERSION}`,
      // Two compilers at once would need both the memory and the cores of a larger machine.
      after: ["engine"],
      fingerprint: fingerprint(objectStorageInputs(), [OBJECT_STORAGE_VERSION]),
      results: [".local/bin/versitygw"],
      run: installObjectStorage,
    },
    {
      name: "actionlint",
      title: `Linter of workflows ${ACTIONLINT_VERSION}`,
      onlyForTests: true,
      after: ["engine", "object-storage"],
      fingerprint: fingerprint(["tools/actionlint/go.mod"], [ACTIONLINT_VERSION]),
      results: [".local/bin/actionlint"],
      run: installActionlint,
    },
    {
      name: "spark-packages",
      title: "Spark's S3 connector (7 MB)",
      after: ["python"],
      fingerprint: fingerprint(["requirements.lock"], SPARK_PACKAGES_FINGERPRINT),
      results: [".local/jars"],
      run: installSparkPackages,
    },
    {
      name: "class-data",
      title: "Classes that Spark loads, archived (150 MB)",
      onlyForTests: true,
      after: ["python", "spark-packages"],
      fingerprint: fingerprint(classDataInputs(), SPARK_PACKAGES_FINGERPRINT),
      results: classDataFiles(),
      run: archiveClasses,
    },
    {
      name: "kinesis-client",
      title: "Kinesis client of the streaming job (14 MB)",
      // Ivy comes with pyspark.
      after: ["python"],
      fingerprint: fingerprint(kinesisClientInputs()),
      results: [".local/kinesis-client"],
      run: installKinesisClient,
    },
    {
      name: "phone-numbers",
      title: "Numbering plans for masks (0.4 MB)",
      after: ["python"],
      fingerprint: fingerprint(phoneNumbersInputs()),
      results: [".local/phone-numbers"],
      run: installPhoneNumbers,
    },
    {
      name: "contracts",
      title: "Event contracts of the workloads",
      after: [],
      fingerprint: fingerprint(contractInputs()),
      results: contractFiles(),
      run: compileContracts,
    },
    {
      name: "java",
      title: "Java classes of the streaming job",
      after: ["python", "kinesis-client", "phone-numbers"],
      fingerprint: fingerprint(javaInputs(), [String(BUILT_FOR.java)]),
      results: [".local/java"],
      run: compileJava,
    },
    {
      name: "java-test-jars",
      title: "JUnit, jqwik and Jazzer (12 MB)",
      onlyForTests: true,
      after: ["python"],
      fingerprint: fingerprint(packageInputs("java-test-jars")),
      results: [".local/java-test-jars"],
      run: installJavaTestJars,
    },
    {
      name: "java-tests",
      title: "Java tests",
      onlyForTests: true,
      after: ["python", "kinesis-client", "phone-numbers", "java", "java-test-jars"],
      fingerprint: fingerprint(javaTestInputs(), [String(BUILT_FOR.java)]),
      results: [".local/java-tests"],
      run: compileJavaTests,
    },
    {
      name: "driver-dependencies",
      title: "Driver dependencies of the streaming job",
      after: ["python"],
      fingerprint: fingerprint(["spark/driver-requirements.txt"], [BUILT_FOR.python]),
      results: [".local/driver-dependencies"],
      run: installDriverDependencies,
    },
    {
      name: "built-archives",
      title: "Archives of what the streaming job is made of",
      after: ["python", "kinesis-client", "phone-numbers", "java", "driver-dependencies"],
      fingerprint: fingerprint(builtArchiveInputs(), [String(BUILT_FOR.java), BUILT_FOR.python]),
      results: [PACKED_LIST],
      run: packBuiltArchives,
    },
    ...dataSetSteps(workload),
    {
      name: "node-lines",
      title: "The other line of Node, for tests (50 MB)",
      onlyForTests: true,
      after: [],
      fingerprint: fingerprint([], nodeLineInputs()),
      results: nodeLineFiles(),
      run: installNodeLines,
    },
  ];
}

/** Nothing for a workload whose demo fetches nothing. */
function dataSetSteps(workload: string): SetupStep[] {
  const dataSet = readDataSet(workload);
  if (dataSet === undefined) {
    return [];
  }
  return [
    {
      name: `data-${workload}`,
      title: dataSet.title,
      notice: `${dataSet.title}: ${dataSet.terms}`,
      after: ["python"],
      fingerprint: fingerprint([`workloads/${workload}/${DATA_SET_FILE}`]),
      results: dataSetFiles(workload, dataSet),
      run: () => installDataSet(workload, dataSet),
    },
  ];
}

/**
 * The steps that have never been completed with today's inputs on this clone.
 *
 * @param purpose a demo needs fewer of them than tests, which need them all
 */
export function pendingSteps(workload: string, purpose: "demo" | "tests"): SetupStep[] {
  return setupSteps(workload)
    .filter((step) => purpose === "tests" || step.onlyForTests !== true)
    .filter((step) => !isCurrent(step.name, step.fingerprint, step.results));
}

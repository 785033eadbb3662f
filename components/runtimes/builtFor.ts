/**
 * Versions that the job's code is built for. `make setup` compiles the classes and collects the driver's packages for
 * them, and an EMR release with other versions is refused before anything is planned.
 */
export const BUILT_FOR = {
  /** The state store and the functions implement interfaces of Spark that other lines of Spark do not have. */
  spark: "3.5",
  /**
   * Minimum patch version. From 3.5.2 on, a stage that is retried after an executor was lost may commit its files;
   * earlier, Spark stopped the query (SPARK-48292).
   */
  sparkPatch: 2,
  scala: "2.12",
  /** `javac --release`: older Java versions cannot load the classes. */
  java: 17,
  /** pip selects the driver's packages for this version. */
  python: "3.11",
} as const;

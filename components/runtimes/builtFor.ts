/**
 * What the job's own code is built for. `make setup` compiles the classes and collects the driver's packages for it,
 * and a release that holds something else is refused before anything is planned.
 */
export const BUILT_FOR = {
  /** The state store and the functions implement interfaces of Spark that other lines of Spark do not have. */
  spark: "3.5",
  /**
   * Least patch level of it. A stage that is run again after an executor was lost may commit its files; before 3.5.2
   * Spark gave the query up instead (SPARK-48292).
   */
  sparkPatch: 2,
  scala: "2.12",
  /** `javac --release`: older ones cannot load the classes. */
  java: 17,
  /** The driver's packages are chosen by pip for this version. */
  python: "3.11",
} as const;

import { ClassData, findJava } from "../classData/archive";
import type { Check } from "./check";

/**
 * For Java's virtual machines that live for seconds or a few minutes, in which compiling thoroughly and collecting on all
 * cores takes more than it gives back.
 */
export const SHORT_LIVED_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

/** For every suite. Node's processes live as briefly; its default for young objects is made for small ones. */
export function shortLived(): Record<string, string> {
  const spark = new ClassData(findJava(process.env));
  spark.prepare();
  return {
    JAVA_HOME: spark.javaHome,
    JDK_JAVA_OPTIONS: SHORT_LIVED_JAVA,
    NODE_OPTIONS: `--max-semi-space-size=64 ${process.env.NODE_OPTIONS ?? ""}`.trim(),
  };
}

/** Done once for the jars that are installed; Spark starts without it until it is there. */
export const classData: Check = {
  name: "class-data",
  title: "Classes that Spark loads, archived",
  command: process.execPath,
  arguments: ["-r", "tsx/cjs", "tools/classData/main.ts"],
};

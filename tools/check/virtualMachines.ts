import { ClassData, findJava } from "../classData/archive";

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

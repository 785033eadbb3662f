import { ClassData, findJava } from "../classData/archive";
import { LARGE_YOUNG_GENERATION } from "../nodeOptions";

/**
 * For Java's virtual machines that live for seconds or a few minutes, in which compiling thoroughly and collecting on all
 * cores takes more than it gives back.
 */
export const SHORT_LIVED_JAVA = [
  ...["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"],
  // Java would look for another parser in every jar for each answer of S3; there is none.
  "-Dorg.xml.sax.driver=com.sun.org.apache.xerces.internal.parsers.SAXParser",
].join(" ");

/** For every suite. Node's processes live as briefly. */
export function shortLived(): Record<string, string> {
  const spark = new ClassData(findJava(process.env));
  spark.prepare();
  return {
    JAVA_HOME: spark.javaHome,
    JDK_JAVA_OPTIONS: SHORT_LIVED_JAVA,
    NODE_OPTIONS: `${LARGE_YOUNG_GENERATION} ${process.env.NODE_OPTIONS ?? ""}`.trim(),
  };
}

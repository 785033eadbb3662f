/** Content of a jar: bytes by path. */
export type JarContent = Readonly<Record<string, Uint8Array>>;

/** Resources that the classes open by name; all others serve builds, or say which module a jar is. */
const RESOURCES = [
  // Says which certificates with wildcards are too wide.
  "org/publicsuffix/list/effective_tld_names.dat",
  "org/apache/hc/client5/version.properties",
  "org/apache/hc/core5/version.properties",
  "software/amazon/awssdk/core/util/mime.types",
];

const SERVICES = "META-INF/services/";

/** Whether a file of a jar belongs into the class path made of several: no manifests, signatures, modules. */
export function belongs(path: string): boolean {
  return (
    (path.endsWith(".class") && !path.startsWith("META-INF/") && path !== "module-info.class") ||
    (path.startsWith(SERVICES) && !path.endsWith("/")) ||
    RESOURCES.includes(path)
  );
}

/**
 * Puts jars together, as a class path would show them: all providers of a service, one file for any other path.
 *
 * @throws Error when two jars hold different files of one path, because either choice breaks a jar.
 */
export function mergeJars(jars: readonly JarContent[]): JarContent {
  const merged: Record<string, Uint8Array> = {};
  for (const jar of jars) {
    for (const [path, content] of Object.entries(jar).filter(([name]) => belongs(name))) {
      const known = merged[path];
      if (known === undefined) {
        merged[path] = content;
      } else if (path.startsWith(SERVICES)) {
        merged[path] = Buffer.concat([known, Buffer.from("\n"), content]);
      } else if (!Buffer.from(known).equals(content)) {
        throw new Error(
          `Two jars hold different files ${path}. One is expected: exclude a jar in tools/setup/ivy.`,
        );
      }
    }
  }
  return merged;
}

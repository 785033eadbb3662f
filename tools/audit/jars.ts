/** A jar that Ivy has resolved. */
export interface Jar {
  /** `organisation:name`, as Maven Central and its advisories call it. */
  readonly name: string;
  readonly version: string;
}

/** The jars in Ivy's report about a list of packages, without the evicted ones. */
export function jarsOfReport(report: string): Jar[] {
  return [
    ...report.matchAll(/<module organisation="([^"]+)" name="([^"]+)"[\s\S]*?<\/module>/g),
  ].flatMap(([module, organisation, name]) =>
    [...module.matchAll(/<revision name="([^"]+)"([^>]*)>/g)]
      .filter(([, , attributes]) => !attributes.includes("evicted="))
      .map(([, version]) => ({ name: `${organisation}:${name}`, version })),
  );
}

/**
 * The jar of a file that Spark has fetched: `<organisation>_<name>-<version>.jar`.
 *
 * @throws Error when the file's name has another form
 */
export function jarOfFile(file: string): Jar {
  const parts = /^([^_]+)_(.+?)-(\d[^-]*)\.jar$/.exec(file);
  if (parts === null) {
    throw new Error(
      `Expected a file <organisation>_<name>-<version>.jar, received ${file}. See tools/setup/sparkPackages.ts.`,
    );
  }
  return { name: `${parts[1]}:${parts[2]}`, version: parts[3] };
}

/** The jars in the form that OSV-Scanner reads as `osv-scanner:FILE`; each once, in order. */
export function scannedJars(jars: readonly Jar[]): string {
  const unique = new Map(jars.map((jar) => [`${jar.name}:${jar.version}`, jar]));
  const packages = [...unique.keys()].sort().map((key) => {
    const { name, version } = unique.get(key)!;
    return { package: { name, version, ecosystem: "Maven" } };
  });
  return JSON.stringify({ results: [{ packages }] }, null, 2);
}

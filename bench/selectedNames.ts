/**
 * The names that `ONLY` asks for.
 *
 * @param names all known ones, in the order in which they run
 * @param only some of them, separated by commas. Absent: all
 * @throws Error that lists the known names and the unknown ones
 */
export function selectedNames(names: readonly string[], only: string | undefined): string[] {
  if (only === undefined) {
    return [...names];
  }
  const asked = only.split(",").map((name) => name.trim());
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `ONLY must be names with commas between, of ${names.join(", ")}. Received: ${unknown.map((name) => JSON.stringify(name)).join(", ")}.`,
    );
  }
  return names.filter((name) => asked.includes(name));
}

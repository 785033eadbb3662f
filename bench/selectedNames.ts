/**
 * The names that `ONLY` asks for.
 *
 * @param names there are, in the order in which they run
 * @param only some of them with commas between. Absent: all
 * @throws Error that lists the names there are and those that are none
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

/** Days before the end from which a version is warned about. */
export const WARNING_DAYS = 60;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Something a stack runs on, and the last day on which AWS mends it, as YYYY-MM-DD. */
export interface SupportedVersion {
  readonly name: string;
  readonly until: string;
}

/** What to say about versions near or past their end. The last day still counts. */
export function supportDates(
  versions: readonly SupportedVersion[],
  today: Date,
): { readonly ended: string[]; readonly ending: string[] } {
  const ended: string[] = [];
  const ending: string[] = [];
  for (const { name, until } of versions) {
    const days = Math.floor((Date.parse(until) - today.getTime()) / MILLISECONDS_PER_DAY) + 1;
    if (days < 0) {
      ended.push(`${name} is not supported since ${until}: choose a newer one.`);
    } else if (days < WARNING_DAYS) {
      ending.push(`${name} is supported until ${until}, ${days} days more: plan for a newer one.`);
    }
  }
  return { ended, ending };
}

/** The shell's `times` tells what Node does not: how long a child and all of its own children computed. */
const SCRIPT = '"$@"; code=$?; times; exit $code';

const TIMES = /^(\d+)m([\d.,]+)s (\d+)m([\d.,]+)s$/gm;

/** A command and its arguments. */
export type Invocation = readonly [command: string, commandArguments: readonly string[]];

/** The same command, which at its end prints what {@link processorSeconds} reads, with the same exit code. */
export function withProcessorTime(
  command: string,
  commandArguments: readonly string[],
): Invocation {
  return ["sh", ["-c", SCRIPT, "sh", command, ...commandArguments]];
}

/** Whether a line is one of those two, and nothing that the command said. */
export function tellsProcessorTime(line: string): boolean {
  return [...line.matchAll(TIMES)].length > 0;
}

/**
 * Seconds of user and system time that a command and the children it waited for took on all cores together.
 *
 * A process that outlived its parent is missing.
 *
 * @param output everything it printed
 * @returns undefined where it was ended before it could say
 */
export function processorSeconds(output: string): number | undefined {
  // The first line is of the shell itself, the second of its children (POSIX, "times").
  const last = [...output.matchAll(TIMES)].at(-1);
  if (last === undefined) {
    return undefined;
  }
  const [, userMinutes, userSeconds, systemMinutes, systemSeconds] = last;
  const seconds = (minutes: string, rest: string): number =>
    Number(minutes) * 60 + Number(rest.replace(",", "."));
  return seconds(userMinutes, userSeconds) + seconds(systemMinutes, systemSeconds);
}

/** A terminal redraws one line; a log would keep every one, so it gets one now and then. */
const LOG_INTERVAL_MILLISECONDS = 15_000;

/** Passes every line on to a terminal, and to anything else one in fifteen seconds. */
export function throttled(show: (line: string) => void): (line: string) => void {
  let last = 0;
  return (line) => {
    if (process.stdout.isTTY || Date.now() - last >= LOG_INTERVAL_MILLISECONDS) {
      last = Date.now();
      show(line);
    }
  };
}

/** Listr options for a display that is readable in a terminal and in a CI log alike. */
export const display = {
  fallbackRenderer: "simple",
  fallbackRendererCondition: () => !process.stdout.isTTY,
} as const;

/** Ends the process with the shell's exit code for the signal after `clean` has run. */
export function onInterrupt(clean: () => void): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      clean();
      process.exit(code);
    });
  }
}

/**
 * Waits for a check and for what was started beside it.
 *
 * @returns what was started
 * @throws the check's error, after stopping what was started; else the start's
 */
export async function whenChecked<T extends { stop(): Promise<void> }>(
  check: Promise<unknown>,
  start: Promise<T>,
): Promise<T> {
  const [checked, started] = await Promise.allSettled([check, start]);
  if (checked.status === "rejected") {
    if (started.status === "fulfilled") {
      await started.value.stop();
    }
    throw checked.reason;
  }
  if (started.status === "rejected") {
    throw started.reason;
  }
  return started.value;
}

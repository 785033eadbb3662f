/**
 * The sentence that ends in the way out: it is what an email shows first.
 *
 * @param role of the alarm or announced event: its page says what to do when it fires
 */
export function describeWithRunbook(description: string, role: string): string {
  return `${description} Runbook: docs/runbooks/${role}.md`;
}

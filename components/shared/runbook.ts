/**
 * The sentence with the link to the runbook: an email shows it first.
 *
 * @param role of the alarm or announced event: its page says what to do when it fires
 */
export function describeWithRunbook(description: string, role: string): string {
  return `${description} Runbook: docs/runbooks/${role}.md`;
}

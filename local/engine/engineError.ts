/** An operation of the engine that failed. The message is the reasons, as sentences. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  /**
   * @param operation For example `up`.
   * @param reasons What the engine reported; empty when it died without a word.
   * @param logPath File with the whole console text.
   */
  constructor(
    readonly operation: string,
    readonly stackName: string,
    readonly reasons: readonly string[],
    readonly logPath: string,
  ) {
    super(
      [
        `pulumi ${operation} of the stack "${stackName}" failed.`,
        ...reasons.map((reason) => `- ${reason}`),
        `The whole output is in ${logPath}.`,
      ].join("\n"),
    );
  }
}

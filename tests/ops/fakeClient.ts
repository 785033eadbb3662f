/** What was asked of an AWS client, by command and input. */
export interface Sent {
  readonly command: string;
  readonly input: Record<string, unknown>;
}

type Answer = (input: Record<string, unknown>) => unknown;

/**
 * An AWS client that answers from a table by command; a command outside it fails the test.
 * An answer that is an Error is thrown.
 */
export function fakeClient(answers: Record<string, Answer>): { sent: Sent[]; client: never } {
  const sent: Sent[] = [];
  const send = ({
    constructor,
    input,
  }: {
    constructor: { name: string };
    input: Record<string, unknown>;
  }): Promise<unknown> => {
    const command = constructor.name.replace(/Command$/, "");
    sent.push({ command, input });
    const answer = answers[command];
    if (answer === undefined) {
      throw new Error(`The code under test called ${command}, which this test does not plan.`);
    }
    const value = answer(input);
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  };
  return { sent, client: { send } as never };
}

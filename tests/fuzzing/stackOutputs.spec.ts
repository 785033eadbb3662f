import { expect } from "chai";
import fc from "fast-check";

import { createEventValidator } from "../../contracts/eventValidator";
import { parseStackOutputs, type StackOutputs } from "../../contracts/stackOutputs";
import { stackOutputs } from "../contracts/stackOutputsExample";
import { anyJson, nearly } from "./documents";
import { fuzz } from "./executions";

const ENDS = [
  "Deploy it first: pulumi up on that stack.",
  "Use the reader of the release that deployed it.",
  "Run pulumi up on that stack with the release this reader belongs to.",
];

function read(value: unknown): StackOutputs | undefined {
  try {
    return parseStackOutputs(value, 'Stack "dev"');
  } catch (error) {
    const { message } = error as Error;
    expect(message).to.match(/^Stack "dev" /);
    expect(ENDS.some((end) => message.endsWith(end))).to.equal(true);
    return undefined;
  }
}

describe("the reader of stack outputs", () => {
  it("takes or refuses any outputs, and what it takes can be used and read again", () => {
    const values = fc.oneof({ weight: 9, arbitrary: nearly(stackOutputs) }, anyJson);
    fuzz("stack outputs", 500, values, (value) => {
      const outputs = read(value);
      if (outputs !== undefined) {
        expect(parseStackOutputs(outputs, "it")).to.deep.equal(outputs);
        const contract = outputs.events?.contract;
        if (contract !== undefined) {
          createEventValidator(contract)(Buffer.from("{}"));
        }
      }
    });
  });

  it("refuses a contract that only claims to be one", () => {
    const events = { workload: "sentiment", contract: { version: 1 } };
    expect(() => parseStackOutputs({ ...stackOutputs, events }, "it")).to.throw(
      "- streamingMl.events.contract.fields: Invalid input: expected array, received undefined",
    );
  });
});

import { expect } from "chai";

import { compileEventSchema } from "../../contracts/event/compile";
import type { CompiledContract } from "../../contracts/event/compiledContract";
import { EventSchemaError } from "../../contracts/event/problem";
import { readEventContract } from "../../contracts/event/workloads";
import { changesOfCheckout } from "../../ops/contract";
import { Failure } from "../../ops/failure";
import { formatChanges } from "../../ops/format";

function contract(properties: object): CompiledContract {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Boxes",
    type: "object",
    required: ["box"],
    properties: { box: { type: "string", "x-use": "identity", maxLength: 8 }, ...properties },
  };
  return compileEventSchema("sentiment", "boxes", JSON.stringify(schema)).compiled;
}

describe("what deploying the schema of a checkout would change", () => {
  const deployed = readEventContract("sentiment").compiled;
  const events = { workload: "sentiment", contract: deployed };

  it("is nothing when the stack has it already", () => {
    const changes = changesOfCheckout("dev", { events });
    expect(changes).to.deep.equal([]);
    expect(formatChanges(changes)).to.equal(
      "The deployed event contract is the one of this checkout.",
    );
  });

  it("is told field by field, with its kind", () => {
    const before = contract({ kind: { type: ["string", "null"], maxLength: 9 } });
    const after = contract({
      kind: { type: ["string", "null"], maxLength: 8 },
      total: { type: ["integer", "null"] },
    });
    const changes = changesOfCheckout(
      "dev",
      { events: { workload: "sentiment", contract: before } },
      undefined,
      () => ({ compiled: after }),
    );
    const rows = formatChanges(changes)
      .split("\n")
      .filter((line) => line.includes("│"))
      .map((line) =>
        line
          .split("│")
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    expect(rows).to.deep.equal([
      ["kind", "field", "change"],
      [
        "in place, with a warning",
        "kind",
        "maximumLength is 8 instead of 9: events with other values, taken until now, go to quarantine",
      ],
      ["in place", "total", "is new: what is stored reads null"],
    ]);
  });

  it("says refused for what will be", () => {
    const changes = changesOfCheckout(
      "dev",
      {
        events: { workload: "other", contract: { ...deployed, workload: "other" } },
      },
      "sentiment",
    );
    expect(formatChanges(changes)).to.contain("│ refused │");
  });

  it("is a failure with a reason where there is nothing to compare", () => {
    const refused = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        expect(error).to.be.instanceOf(Failure);
        return (error as Error).message;
      }
      return "compared";
    };
    expect(refused(() => changesOfCheckout("dev", {}))).to.equal(
      'Stack "dev" was deployed by a release without event contracts. Run pulumi up.',
    );
    expect(refused(() => changesOfCheckout("dev", { events }, "nothing"))).to.match(
      /^There is no workloads\/nothing\/event\.schema\.json in this checkout\. There are: .*sentiment.*\. Name one with --workload\.$/,
    );
    const broken = () => {
      throw new EventSchemaError("event.schema.json", [{ path: "title", message: "is missing" }]);
    };
    expect(refused(() => changesOfCheckout("dev", { events }, undefined, broken))).to.equal(
      "event.schema.json has 1 problem (docs/events.md has the rules):\n  - title is missing.",
    );
  });
});

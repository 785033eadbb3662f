import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
  parseStackOutputs,
  readStackOutputs,
  type StackOutputs,
} from "../../contracts/stackOutputs";
import { valueOf } from "../shared/pulumiMocks";
import { stackOutputs } from "./stackOutputsExample";

const messageOf = (value: unknown): string => {
  try {
    parseStackOutputs(value, 'Stack "dev"');
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("the stack outputs", () => {
  it("are read as they were written, before and after there is a model", () => {
    expect(parseStackOutputs(stackOutputs, "it")).to.deep.equal(stackOutputs);
    const served: StackOutputs = {
      ...stackOutputs,
      endpoint: { name: "e", variantName: "main", modelPackageArn: "arn:package/3" },
    };
    expect(parseStackOutputs(served, "it")).to.deep.equal(served);
  });

  it("may have more than this reader knows", () => {
    expect(parseStackOutputs({ ...stackOutputs, news: 1 }, "it")).to.deep.equal(stackOutputs);
  });

  it("say that a stack is not deployed", () => {
    expect(messageOf(undefined)).to.contain('Stack "dev" has no output "streamingMl"');
  });

  it("refuse another version before anything else", () => {
    expect(messageOf({ contractVersion: 2 }))
      .to.contain("version 2")
      .and.contain("version 1");
    expect(messageOf({})).to.contain("version undefined");
  });

  it("name every problem at once", () => {
    const broken = { ...stackOutputs, accountId: "1", api: { ...stackOutputs.api, url: 3 } };
    expect(messageOf(broken))
      .to.contain("streamingMl.accountId")
      .and.contain("streamingMl.api.url");
  });

  it("hold the contract of the events, of the one format this reader knows", () => {
    const { events } = stackOutputs;
    const other = { ...events, contract: { ...events!.contract, version: 2 } };
    expect(messageOf({ ...stackOutputs, events: other })).to.contain(
      "- streamingMl.events.contract.version: must be a compiled event contract of version 1",
    );
  });

  it("reach another program through a StackReference, typed", async () => {
    await pulumi.runtime.setMocks(
      {
        newResource: ({ inputs, type }) => ({
          id: "reference",
          state: {
            ...(inputs as object),
            ...(type === "pulumi:pulumi:StackReference"
              ? { outputs: { streamingMl: stackOutputs } }
              : {}),
          },
        }),
        call: () => ({}),
      },
      "consumer",
      "test",
    );
    const outputs = readStackOutputs(new pulumi.StackReference("org/streaming-ml/dev"));
    expect(await valueOf(outputs.api.url)).to.equal(stackOutputs.api.url);
    expect(await valueOf(outputs.events)).to.deep.equal(stackOutputs.events);
    expect(await valueOf(outputs.endpoint)).to.equal(null);
  });
});

import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import type { ApprovedModel } from "../../components/endpoint/approvedModel";
import { readServedPrediction } from "../../components/endpoint/servedPrediction";
import { readPredictionContract } from "../../contracts/prediction/workloads";

const schema = readPredictionContract("sentiment");
const URI = `s3://artifacts/schemas/${schema.fileName}`;
const model: ApprovedModel = {
  modelPackageArn: "arn:package/3",
  version: 3,
  metrics: {},
  workload: "sentiment",
  eventContract: "0".repeat(64),
  predictionSchemaUri: URI,
};
const REPLACE =
  "reject the version (npm run ops -- reject 3 --yes), set streaming-ml:endpoint.withoutApprovedModel to remove, " +
  "deploy, and train another one; or pin one that has a schema (streaming-ml:endpoint.pinnedModelVersion).";

/** A bucket with one object in it, or one that refuses. */
function bucket(content: string | Error) {
  const asked: unknown[] = [];
  const send = ({ input }: { readonly input: unknown }) => {
    asked.push(input);
    return content instanceof Error
      ? Promise.reject(content)
      : Promise.resolve({ Body: { transformToString: () => Promise.resolve(content) } });
  };
  return { asked, client: { send } as never };
}

async function refusal(changes: Partial<ApprovedModel>, content: string | Error = "") {
  const { client, asked } = bucket(content);
  const error = await readServedPrediction({ ...model, ...changes }, "us-east-1", client).catch(
    (thrown: unknown) => thrown,
  );
  expect(pulumi.RunError.isInstance(error)).to.equal(true);
  return { message: (error as Error).message, asked };
}

const failure = (name: string, message: string): Error =>
  Object.assign(new Error(message), { name });

describe("what the approved model is asked and answers", () => {
  it("is compiled from the schema that its package names", async () => {
    const { client, asked } = bucket(schema.text);
    expect(await readServedPrediction(model, "us-east-1", client)).to.deep.equal({
      workload: "sentiment",
      eventContract: "0".repeat(64),
      predictionSchemaUri: URI,
      prediction: schema,
    });
    expect(asked).to.deep.equal([{ Bucket: "artifacts", Key: `schemas/${schema.fileName}` }]);
  });

  it("is not guessed where the package does not say it", async () => {
    const without = (what: string): string =>
      `The approved model arn:package/3 does not say in its metadata what it was trained for: ${what} missing or ` +
      "wrong. This stack's training pipeline writes them, and without them nobody knows what the API may ask it: " +
      REPLACE;
    const nothing = {
      workload: undefined,
      eventContract: undefined,
      predictionSchemaUri: undefined,
    };
    for (const [changes, what] of [
      [nothing, "workload, contract, predictionSchema"],
      [{ workload: "" }, "workload"],
      [{ eventContract: undefined }, "contract"],
      [{ predictionSchemaUri: "https://artifacts/schemas/a.json" }, "predictionSchema"],
      [{ predictionSchemaUri: "s3://artifacts" }, "predictionSchema"],
    ] as const) {
      const { message, asked } = await refusal(changes);
      expect(message).to.equal(without(what));
      expect(asked).to.deep.equal([]);
    }
  });

  it("is missed where the object is gone, with the way out", async () => {
    for (const name of ["NoSuchKey", "NoSuchBucket"]) {
      const { message } = await refusal({}, failure(name, "The specified thing does not exist."));
      expect(message).to.equal(
        `The approved model arn:package/3 names the prediction schema ${URI}, which is not there. Put it back (the ` +
          `artifact bucket keeps deleted versions for a while), or ${REPLACE}`,
      );
    }
  });

  it("says which permission is missing, and passes any other failure on", async () => {
    const { message: denied } = await refusal({}, failure("AccessDenied", "Access Denied"));
    expect(denied).to.equal(
      `The approved model arn:package/3 names the prediction schema ${URI}, which S3 does not show: it is not there, ` +
        "or whoever plans lacks s3:GetObject on schemas/* of the artifact bucket or kms:Decrypt on its key " +
        "(docs/first-deploy.md). Grant that.",
    );
    const { message: cut } = await refusal({}, failure("TimeoutError", "socket hang up."));
    expect(cut).to.equal(
      `The approved model arn:package/3 names the prediction schema ${URI}, which cannot be read: TimeoutError: ` +
        "socket hang up. Try again.",
    );
  });

  it("is refused when no API can be made of it", async () => {
    const { message } = await refusal(
      {},
      JSON.stringify({ ...JSON.parse(schema.text), title: "" }),
    );
    expect(message).to.equal(
      `The approved model arn:package/3 names a prediction schema that no API can be made of: ${REPLACE}\n` +
        `${URI} has 1 problem (docs/predictions.md has the rules):\n` +
        '  - title is missing: it names the API, for example "Sentiment predictions".',
    );
  });
});

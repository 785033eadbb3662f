import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";

import type { StackOutputs } from "../../contracts/stackOutputs";
import type { ConfigOverrides } from "../../local/engine/scratchProject";
import type { LocalRun } from "../../local/run/localRun";
import { takeRole } from "./takenRole";

/** Configuration by which a stack has every permission that a local run can use, so that the run needs it. */
export const EVERY_PERMISSION: ConfigOverrides = {
  "streaming-ml:lake.encryption": "customerManaged",
  "streaming-ml:stream.encryption": "customerManaged",
  "streaming-ml:training.schedule": { expression: "rate(7 days)" },
  "streaming-ml:access": {
    producers: ["account"],
    lakeReaders: ["account"],
    quarantineReaders: ["account"],
    onCall: ["account"],
  },
};

/** What the tests ask, once there are events and a model. */
export interface DeployedRun {
  readonly run: LocalRun;
  readonly outputs: StackOutputs;
  /** One that the job has taken already. */
  readonly event: Uint8Array;
}

/**
 * Tests of the roles that others take, and of what the whole run so far says about the deployed policies. They come
 * after all that the policies are for.
 */
export function permissionsHold(deployed: () => DeployedRun): void {
  const quiet = (): void => undefined;

  it("lets a reader of the lake read valid events and nothing that was refused", async () => {
    const { run, outputs } = deployed();
    const { s3 } = await takeRole(run, outputs.access?.lakeReaderRoleArn);
    const Bucket = outputs.lake.bucket;
    const list = (status: string) =>
      s3.send(new ListObjectsV2Command({ Bucket, Prefix: `events/status=${status}/` }));
    const { Contents } = await list("valid");
    const { ContentLength } = await s3.send(
      new GetObjectCommand({ Bucket, Key: Contents?.[0].Key }),
    );
    expect(ContentLength).to.equal(Contents?.[0].Size);
    const refused = await list("quarantined").catch((error: Error) => error);
    expect(refused).to.have.property("name", "AccessDenied");
  });

  it("lets a producer put events", async () => {
    const { run, outputs, event } = deployed();
    const producer = await takeRole(run, outputs.access?.producerRoleArn);
    const file = run.file("produced.jsonl");
    fs.writeFileSync(file, event);
    await run.node("ops/produce.ts", ["-s", "local", "-f", file], quiet, producer.variables);
  });

  it("was refused nothing, and needs every permission that was deployed or is listed with a reason", async () => {
    const { run } = deployed();
    const folder = path.join(run.runDirectory, "permissions");
    const printed = await run.python("tests.python.clients.permissions_review", [folder], quiet);
    const { taken, ...review } = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as {
      taken: number;
    };
    expect(review).to.deep.equal({ denied: [], unused: [], idle: [], unnoticed: [] });
    expect(taken).to.be.greaterThan(40);
  });
}

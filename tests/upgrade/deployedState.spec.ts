/**
 * Plans the local stack from the state that the real engine left when commit 214d3ab deployed it. Proves what the engine
 * would do with each resource, our own included: their providers read the state that the release wrote.
 *
 * The state is that of the end-to-end test of deployments. Left out are the code of dynamic providers, secrets, times
 * and paths of the machine; the workload is written over with `sentiment`.
 */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { findPulumi } from "../../local/engine/commandLine";
import { PlaceholderRegistry } from "../../local/engine/placeholderRegistry";
import type { Plan } from "../../local/engine/plan";
import { OfflineStack } from "../../local/engine/stack";
import { createRunDirectory } from "../../local/environment/run";
import { CANARY, INSTANCES } from "../reliability/deployment/kindScenarios";

const STATE = join(__dirname, "deployed-local.json.gz");

/** Where EMR knows no cluster, the program plans one that is named after the day. */
const DAY = /spark-DAY/g;

/** Uploads of another content: the program lets go of them, and `retainOnDelete` leaves them where they are. */
const STAYS_IN_S3 = /^delete BucketObjectv2 (spark-code|training)-[a-z-]+-[0-9a-f]{8}$/;

describe("the state of a deployed stack", function () {
  this.timeout(240_000);
  let runDirectory: string;
  let plan: Plan;

  before(async () => {
    runDirectory = createRunDirectory("upgrade");
    const registry = await PlaceholderRegistry.start({
      content: "approved",
      region: "us-east-1",
      workload: "sentiment",
    });
    try {
      const stack = await OfflineStack.open({
        stack: "local",
        runDirectory,
        services: { AWS_REGION: "us-east-1", ...registry.services },
        config: {
          "streaming-ml:job.enabled": false,
          "streaming-ml:endpoint": { mode: "instances", instances: INSTANCES, deployment: CANARY },
        },
      });
      importState(stack);
      plan = await stack.preview();
    } finally {
      await registry.stop();
    }
  });

  after(() => rmSync(runDirectory, { recursive: true, force: true }));

  const planned = (...operations: string[]): string[] =>
    plan.resources
      .filter(({ operation, type }) => operations.includes(operation) && !isProvider(type))
      .map(({ operation, type, name }) => `${operation} ${type.split(":").at(-1)} ${name}`);

  it("is known to the program, and so are its resources", () => {
    expect(planned("same", "update")).to.have.length.greaterThan(130);
  });

  it("loses nothing but content: what is published or uploaded is named by it", () => {
    const known = ["same", "update", "create"];
    const others = new Set(plan.resources.map(({ operation }) => operation));
    const ended = planned(...[...others].filter((operation) => !known.includes(operation)));
    // The recorded API and its uploads are another workload's.
    expect(ended.filter((line) => !STAYS_IN_S3.test(line)).sort()).to.deep.equal([
      "replace BucketObjectv2 api-document",
      "replace Deployment api",
    ]);
  });

  it("updates in place what runs code of its own", () => {
    const own = [
      ...["StreamingJobStep streaming-job", "EndpointDeployment endpoint"],
      ...["TrainingRemains training-remains"],
    ].map((resource) => `update ${resource}`);
    expect(planned("update")).to.include.members(own);
    expect(planned("same", "update").join()).to.contain("DeployedContract event-contract");
  });
});

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}

function importState(stack: OfflineStack): void {
  const today = new Date().toISOString().slice(0, "2026-01-01".length);
  const state = gunzipSync(readFileSync(STATE)).toString("utf8").replace(DAY, `spark-${today}`);
  const file = join(stack.run.project, "deployed.json");
  writeFileSync(file, state);
  execFileSync(findPulumi(), ["stack", "import", "--stack", stack.name, "--file", file], {
    cwd: stack.run.project,
    env: { ...stack.environment },
    stdio: "pipe",
  });
}

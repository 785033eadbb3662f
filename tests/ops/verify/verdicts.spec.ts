import { expect } from "chai";

import facts from "../../../contracts/driver-facts.json";
import { judgeCluster } from "../../../ops/verify/clusterVerdict";
import { judgeDriverNode, judgeRolledLogs, judgeRuntimes } from "../../../ops/verify/driverVerdict";
import { judgeFreshness, judgeJob } from "../../../ops/verify/jobVerdict";
import { judgeModel, judgeSecondJob, judgeTraining } from "../../../ops/verify/trainingVerdict";
import type { Verdict } from "../../../ops/verify/verdict";
import { jobLock as lock } from "../../contracts/jobLockExample";
import { NOW } from "./deployedStack";

/** Status and what was found, for one expectation each. */
const said = ({ status, found }: Verdict): string => `${status}: ${found}`;

describe("the verdict on the cluster", () => {
  it("is ok when it takes steps, and else names EMR's reason and the way out", () => {
    expect(said(judgeCluster({ id: "j-1", state: "WAITING" }))).to.equal(
      "ok: Cluster j-1 is WAITING: its nodes reach EMR and S3.",
    );
    expect(judgeCluster({ id: "j-1", state: "BOOTSTRAPPING" })).to.deep.equal({
      status: "failed",
      found: "Cluster j-1 is BOOTSTRAPPING.",
      todo: "Wait until it is WAITING, ten minutes as a rule, then verify again.",
    });
    expect(
      judgeCluster({
        id: "j-1",
        state: "TERMINATED_WITH_ERRORS",
        code: "BOOTSTRAP_FAILURE",
        message: "Time out",
      }),
    ).to.deep.equal({
      status: "failed",
      found: "Cluster j-1 is TERMINATED_WITH_ERRORS (BOOTSTRAP_FAILURE: Time out).",
      todo: "The nodes do not reach S3 or EMR: look at NAT gateways and endpoints of the network.",
    });
  });
});

describe("the verdict on the job", () => {
  it("is ok with a completed trigger and a heartbeat of at most a minute", () => {
    expect(said(judgeJob(lock, NOW))).to.equal(
      "ok: The job runs: 3 triggers, micro-batch 7, heartbeat 5 s old.",
    );
    expect(judgeJob(lock, NOW + 55_000).status).to.equal("ok");
    expect(said(judgeJob(lock, NOW + 56_000))).to.equal(
      "failed: The job is running, its last heartbeat 61 s old.",
    );
  });

  it("distinguishes never started, starting, failed and stopped", () => {
    expect(said(judgeJob(undefined, NOW))).to.equal("failed: No job has ever written its lock.");
    expect(said(judgeJob({ ...lock, completedTriggers: 0, reason: "No key." }, NOW))).to.equal(
      "failed: The job runs, and has completed no trigger yet. Its reason: No key.",
    );
    expect(said(judgeJob({ ...lock, state: "failed", reason: "No key." }, NOW))).to.equal(
      "failed: The job is failed, its last heartbeat 5 s old. Its reason: No key.",
    );
    expect(said(judgeJob({ ...lock, state: "stopped" }, NOW))).to.equal(
      "not applicable: The job was stopped at a batch boundary.",
    );
  });

  it("about freshness is the alarm's", () => {
    const alarm = { name: "a-freshness-1", state: "OK" };
    expect(said(judgeFreshness(alarm, { behindSeconds: 2 }))).to.equal(
      "ok: a-freshness-1 is OK. The job is 2 s behind.",
    );
    expect(said(judgeFreshness({ ...alarm, state: "ALARM", reason: "high" }, undefined))).to.equal(
      "failed: a-freshness-1 is in ALARM: high.",
    );
    expect(judgeFreshness({ ...alarm, state: "INSUFFICIENT_DATA" }, undefined).status).to.equal(
      "not applicable",
    );
    expect(judgeFreshness(undefined, undefined).status).to.equal("not applicable");
  });
});

describe("the verdict on the driver", () => {
  const release = { label: "emr-7.14.0", python: "3.11", java: 17, spark: "3.5" };
  const node = { privateDnsName: facts.host, market: "ON_DEMAND", instanceType: "m7g.xlarge" };

  it("is about logs that rolled", () => {
    expect(said(judgeRolledLogs(["a", "b"]))).to.equal(
      "ok: 2 rolled logs of the running job are uploaded, the newest b.",
    );
    expect(judgeRolledLogs([]).status).to.equal("failed");
  });

  it("compares its runtimes with the documented ones, by complete parts of versions only", () => {
    expect(said(judgeRuntimes(facts, release))).to.equal(
      "ok: The driver runs Python 3.11.9, Java 17.0.13 and Spark 3.5.6-amzn-2, as emr-7.14.0 is documented to.",
    );
    for (const other of [{ python: "3.1" }, { java: 11 }, { spark: "3.4" }]) {
      expect(judgeRuntimes(facts, { ...release, ...other }).status).to.equal("failed");
    }
    expect(judgeRuntimes(undefined, release).status).to.equal("failed");
    expect(judgeRuntimes(facts, undefined).status).to.equal("not applicable");
  });

  it("finds its node by name or address, and requires an on-demand node", () => {
    expect(said(judgeDriverNode(facts, [node, { market: "SPOT" }]))).to.equal(
      `ok: The driver runs on ${facts.host} (m7g.xlarge, ON_DEMAND), although spot nodes run.`,
    );
    expect(said(judgeDriverNode(facts, [node]))).to.equal(
      `ok: The driver runs on ${facts.host} (m7g.xlarge, ON_DEMAND); no spot node runs that could have been chosen.`,
    );
    expect(said(judgeDriverNode(facts, [{ ...node, market: "SPOT" }]))).to.equal(
      `failed: The driver runs on ${facts.host} (m7g.xlarge, SPOT), which EC2 may take back.`,
    );
    expect(
      judgeDriverNode({ ...facts, host: "10.0.0.7" }, [{ ...node, privateIpAddress: "10.0.0.7" }])
        .status,
    ).to.equal("ok");
    expect(said(judgeDriverNode(facts, [{ ...node, privateDnsName: "ip-1" }]))).to.equal(
      `failed: The driver says it runs on ${facts.host}, which is no running node of the cluster.`,
    );
    expect(judgeDriverNode(undefined, [node]).status).to.equal("failed");
  });
});

describe("the verdict on trainings", () => {
  const steps = [
    { name: "TrainingSet", status: "Succeeded", onCluster: true },
    { name: "Register", status: "Succeeded", onCluster: false, registered: "arn:package/1" },
  ];

  it("requires the last one to have succeeded and registered a model", () => {
    expect(said(judgeTraining({ status: "Succeeded", steps }))).to.equal(
      "ok: The last training succeeded in 2 steps and registered arn:package/1.",
    );
    expect(judgeTraining({ status: "Succeeded", steps: steps.slice(0, 1) }).status).to.equal(
      "failed",
    );
    const broken = [{ name: "Train", status: "Failed", onCluster: false, reason: "no capacity" }];
    expect(said(judgeTraining({ status: "Failed", steps: broken }))).to.equal(
      "failed: The last training is Failed: step Train: no capacity.",
    );
    expect(judgeTraining(undefined).status).to.equal("not applicable");
  });

  it("requires the step on the cluster to have completed", () => {
    expect(said(judgeSecondJob({ status: "Executing", steps }))).to.equal(
      "ok: The step TrainingSet ran on the cluster beside the streaming job.",
    );
    const waiting = [{ name: "TrainingSet", status: "Executing", onCluster: true }];
    expect(said(judgeSecondJob({ status: "Executing", steps: waiting }))).to.equal(
      "failed: The step TrainingSet is Executing.",
    );
    expect(judgeSecondJob({ status: "Executing", steps: [] }).status).to.equal("not applicable");
  });

  it("requires a package to keep its metadata", () => {
    const metadata = {
      workload: "w",
      contract: "c",
      predictionSchema: "s",
      "metric:accuracy": "1",
    };
    expect(said(judgeModel({ version: 2, approval: "Approved", metadata }))).to.equal(
      "ok: Version 2 is Approved, with 1 figures and its origin.",
    );
    expect(
      said(judgeModel({ version: 2, approval: "Approved", metadata: { workload: "w" } })),
    ).to.equal("failed: Version 2 is registered without contract, predictionSchema, metric:....");
    expect(judgeModel(undefined).status).to.equal("not applicable");
  });
});

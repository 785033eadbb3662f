import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  DescribeClusterCommand,
  DescribeStepCommand,
  EMRClient,
  ListInstanceFleetsCommand,
  ListStepsCommand,
} from "@aws-sdk/client-emr";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect } from "chai";

import { clientSettings } from "../../local/demo/storage";
import type { DeployedRun } from "./permissionsHold";
import { takeRole } from "./takenRole";

/** Tests of what a person on call does by docs/runbooks, as far as the stand-ins answer. */
export function onCallHolds(deployed: () => Omit<DeployedRun, "event">): void {
  const quiet = (): void => undefined;

  it("lets a person on call look at cluster, steps, alarms and metrics, and list what the cluster wrote", async () => {
    const { run, outputs } = deployed();
    const onCall = await takeRole(run, outputs.access?.onCallRoleArn);
    const variables = { ...run.variables, ...onCall.variables };

    const emr = new EMRClient(clientSettings(variables, "AWS_ENDPOINT_URL_EMR"));
    const ClusterId = outputs.cluster.id;
    const { Cluster } = await emr.send(new DescribeClusterCommand({ ClusterId }));
    expect(Cluster?.Id).to.equal(ClusterId);
    const { Steps = [] } = await emr.send(new ListStepsCommand({ ClusterId }));
    const { Step } = await emr.send(new DescribeStepCommand({ ClusterId, StepId: Steps[0].Id }));
    expect(Step?.Id).to.equal(Steps[0].Id);
    const { InstanceFleets } = await emr.send(new ListInstanceFleetsCommand({ ClusterId }));
    expect(InstanceFleets).to.not.deep.equal([]);

    const settings = clientSettings(run.variables, "AWS_ENDPOINT_URL");
    const { MetricAlarms = [] } = await new CloudWatchClient(settings).send(
      new DescribeAlarmsCommand({ ActionPrefix: outputs.alarms?.topicArn }),
    );
    const cloudWatch = new CloudWatchClient(clientSettings(variables, "AWS_ENDPOINT_URL"));
    // By name, as a runbook has it of the notification: nobody but the deployer lists all of an account.
    const [{ AlarmName = "", Namespace, MetricName }] = MetricAlarms.filter(
      ({ MetricName: metric }) => metric !== undefined,
    );
    const named = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
    expect(named.MetricAlarms?.map((alarm) => alarm.AlarmName)).to.deep.equal([AlarmName]);
    const now = Date.now();
    const values = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(now - 3_600_000),
        EndTime: new Date(now),
        MetricDataQueries: [
          {
            Id: "of_alarm",
            MetricStat: { Metric: { Namespace, MetricName }, Period: 60, Stat: "Sum" },
          },
        ],
      }),
    );
    expect(values.MetricDataResults?.map(({ Id }) => Id)).to.deep.equal(["of_alarm"]);

    const list = (Prefix: string) =>
      onCall.s3.send(new ListObjectsV2Command({ Bucket: outputs.artifacts.bucket, Prefix }));
    expect((await list("checkpoints/")).Contents).to.not.equal(undefined);
    // The cluster's logs stay in the run's folder here.
    expect((await list("logs/")).Contents).to.equal(undefined);
  });

  it("lets a person on call reject a model, and not approve it again", async () => {
    const { run, outputs } = deployed();
    const onCall = await takeRole(run, outputs.access?.onCallRoleArn);
    const operate = (...words: string[]) =>
      run.node("ops/main.ts", [...words, "--stack", "local"], quiet, onCall.variables);
    expect(await operate("reject", "--yes")).to.contain("Rejected version 1");
    const refused = await operate("approve").catch((error: Error) => error.message);
    expect(refused).to.contain("you lack sagemaker:UpdateModelPackage");
    await run.node("ops/main.ts", ["approve", "--stack", "local"], quiet);
    expect(await operate("status")).to.match(/Approved[^]*InService|InService[^]*Approved/);
  });
}

import { expect } from "chai";

import { type StackName, STACKS } from "../shared/plannedStacks";
import { find, namesOf } from "../shared/pulumiMocks";
import { PACKAGE } from "./modelRegistry";
import { NOW, type Planned, withModelRegistry } from "./plannedWithModels";

// These tests prove the inputs the program sends and how its rooms are wired; not that AWS accepts them.

describe("the three stacks", () => {
  const planned = {} as Record<StackName, Planned>;

  before(() =>
    withModelRegistry(async (plan) => {
      for (const stack of STACKS) {
        planned[stack] = await plan(stack, NOW);
      }
    }),
  );

  for (const stack of STACKS) {
    describe(stack, () => {
      const step = () =>
        planned[stack].resources.find(({ type }) => type.endsWith(":StreamingJobStep"))!;

      it("puts the stream's name into the step's arguments", () => {
        const { command } = step().inputs as { command: string[] };
        const argument = (name: string) => command[command.indexOf(name) + 1];
        expect(argument("--stream")).to.equal("events-1a2b3c4");
        expect(argument("--events-uri")).to.equal("s3a://lake-1a2b3c4/events");
        expect(argument("--checkpoint-uri")).to.equal("s3a://lake-artifacts-1a2b3c4/checkpoints/1");
        expect(argument("--spec-hash"))
          .to.equal(step().inputs.specHash)
          .and.match(/^[0-9a-f]{16}$/);
      });

      it("names the version of the key that the job encrypts refused records with", () => {
        const { command } = step().inputs as { command: string[] };
        const argument = (name: string) => command[command.indexOf(name) + 1];
        const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:lake-quarantine-key-v1";
        expect(argument("--quarantine-key-secret")).to.equal(arn);
        expect(argument("--quarantine-key-version")).to.equal(
          "lake-quarantine-key-v1-id-of-version",
        );
        expect(planned[stack].outputs.lake.quarantineKeySecretArn).to.equal(arn);
      });

      it("lets only the job's role and readers of the quarantine read a key of the job", () => {
        const readers = planned[stack].resources.filter(
          ({ type, inputs }) =>
            /^aws:iam\/(rolePolicy:RolePolicy|policy:Policy)$/.test(type) &&
            /secretsmanager/i.test(String(inputs.policy)),
        );
        const allowed = [
          ["lake-spark-user-key", "spark-instance-1a2b3c4"],
          ["lake-spark-quarantine-key", "spark-instance-1a2b3c4"],
          // The local stack lets nobody read the quarantine, so it has no such role.
          ...(stack === "local"
            ? []
            : [["lake-quarantine-reader-quarantine-key", "access-quarantine-reader-1a2b3c4"]]),
        ];
        expect(readers.map(({ name, inputs }) => [name, inputs.role])).to.have.deep.members(
          allowed,
        );
      });

      it("shows a key of the job to Secrets Manager alone", () => {
        const versions = planned[stack].resources.filter(
          ({ type }) => type === "aws:secretsmanager/secretVersion:SecretVersion",
        );
        expect(versions).to.have.length(2);
        for (const { inputs } of versions) {
          const others = planned[stack].resources.filter((one) => one.inputs !== inputs);
          expect(JSON.stringify([others, planned[stack].outputs])).to.not.contain(
            inputs.secretString,
          );
        }
      });

      it("keeps lock and stop marker beside the checkpoint", () => {
        expect(step().inputs.lockKey).to.equal("checkpoints/1.lock.json");
        expect(step().inputs.stopKey).to.equal("checkpoints/1.stop");
        expect(step().inputs.bucket).to.equal("lake-artifacts-1a2b3c4");
        expect(planned[stack].outputs.job.lockUri).to.equal(
          "s3a://lake-artifacts-1a2b3c4/checkpoints/1.lock.json",
        );
      });

      it("lets tables, jobs and API wait until the contract is allowed", () => {
        const waiting = planned[stack].resources
          .filter(({ options }) =>
            options.dependencies.some((urn) => urn.endsWith("::event-contract")),
          )
          .map(
            ({ type, name }) => `${type.split(":").at(-1)} ${name.replace(/-[0-9a-f]{8}$/, "")}`,
          );
        // The jobs wait for the object that holds it.
        expect(waiting).to.have.members([
          "CatalogTable lake-events",
          "CatalogTable lake-history",
          "BucketObjectv2 spark-code-contract",
          "PredictionApi api",
        ]);
        const job = step().options.dependencies.map((urn) => urn.split("::").at(-1)!);
        expect(job.filter((name) => name.startsWith("spark-code-contract-"))).to.have.length(1);
      });

      it("builds training sets from the lake on the same cluster", () => {
        const [pipeline] = planned[stack].resources.filter(
          ({ type }) => type === "aws:sagemaker/pipeline:Pipeline",
        );
        const definition = pipeline.inputs.pipelineDefinition as string;
        expect(definition).to.contain("s3a://lake-1a2b3c4/events");
        expect(definition).to.contain("training-set-job-");
        expect(definition).to.contain("j-MOCKCLUSTER1");
      });

      it("points the API at the endpoint", () => {
        const { endpoint } = planned[stack].outputs;
        const [api] = planned[stack].resources.filter(
          ({ type }) => type === "aws:apigateway/restApi:RestApi",
        );
        expect(api.inputs.body).to.contain(`/endpoints/${endpoint!.name}/invocations`);
        expect(endpoint!.modelPackageArn).to.equal(PACKAGE);
      });

      it("gives readers and writers their roles, their workgroups and the keys they need", () => {
        const { outputs } = planned[stack];
        const key = (name: string) =>
          stack === "prod" ? `arn:aws:kms:us-east-1:123456789012:key/${name}` : undefined;
        expect(outputs.stream.keyArn).to.equal(key("events-key"));
        expect(outputs.lake.keyArn).to.equal(key("lake-key"));
        expect(outputs.artifacts.keyArn).to.equal(key("lake-key"));
        expect(outputs.lake.queries).to.deep.equal({
          workgroup: "lake-queries-1a2b3c4",
          resultsUri: "s3://lake-1a2b3c4/query-results/events/",
        });
        expect(outputs.lake.quarantineQueries?.workgroup).to.equal(
          "lake-quarantine-queries-1a2b3c4",
        );
        const role = (who: string) => `arn:aws:iam::123456789012:role/access-${who}-1a2b3c4`;
        // The engine leaves out what is undefined.
        expect(JSON.parse(JSON.stringify(outputs.access))).to.deep.equal(
          stack === "local"
            ? {}
            : {
                producerRoleArn: role("producer"),
                lakeReaderRoleArn: role("lake-reader"),
                quarantineReaderRoleArn: role("quarantine-reader"),
                onCallRoleArn: role("on-call"),
              },
        );
      });

      it("says where alarms go, and keeps whatever a rule or a schedule could not deliver under an alarm", () => {
        const { resources, outputs } = planned[stack];
        expect(outputs.alarms).to.deep.equal({
          topicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
        });
        const senders = resources.filter(({ type }) =>
          ["aws:cloudwatch/eventTarget:EventTarget", "aws:scheduler/schedule:Schedule"].includes(
            type,
          ),
        );
        const kept = senders.map(({ inputs }) =>
          String(
            (
              (inputs.deadLetterConfig ??
                (inputs.target as { deadLetterConfig?: object }).deadLetterConfig) as {
                arn: string;
              }
            ).arn,
          )
            .split(":")
            .at(-1),
        );
        const watched = resources
          .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
          .map(
            ({ inputs }) => (inputs.dimensions as Record<string, string> | undefined)?.QueueName,
          );
        expect(kept.length).to.equal(stack === "prod" ? 5 : 4);
        expect(watched).to.include.members(kept);
      });

      it("has no secret in plain outputs", () => {
        expect(JSON.stringify(planned[stack].outputs)).to.not.contain(
          String(planned[stack].apiKey),
        );
      });
    });
  }

  it("plans more than 60 resources for prod", () => {
    expect(planned.prod.resources.length).to.be.greaterThan(60);
  });

  it("protects prod's data and lets dev's go", () => {
    const bucket = (stack: StackName) =>
      find(planned[stack].resources, "aws:s3/bucket:Bucket", "lake").inputs;
    expect(bucket("prod").forceDestroy).to.equal(false);
    expect(bucket("dev").forceDestroy).to.equal(true);
    const cluster = (stack: StackName) =>
      find(planned[stack].resources, "aws:emr/cluster:Cluster", "spark").inputs;
    expect(cluster("prod").terminationProtection).to.equal(true);
    expect(cluster("prod")).to.not.have.property("autoTerminationPolicy");
    expect(cluster("dev").terminationProtection).to.equal(false);
    expect(cluster("dev").autoTerminationPolicy).to.deep.equal({ idleTimeout: 3600 });
  });

  it("gives prod keys of its own and dev none for data", () => {
    expect(namesOf(planned.prod.resources, "aws:kms/key:Key")).to.deep.equal([
      "alarms-key",
      "events-key",
      "lake-key",
      "spark-disk-key",
    ]);
    expect(namesOf(planned.dev.resources, "aws:kms/key:Key")).to.deep.equal([
      "alarms-key",
      "spark-disk-key",
    ]);
  });

  it("runs the same program everywhere: local has every kind of resource dev has outside the network", () => {
    const kinds = (stack: StackName) =>
      new Set(
        planned[stack].resources
          .map(({ type }) => type)
          .filter((type) => !type.startsWith("awsx:")),
      );
    const missing = [...kinds("dev")].filter((kind) => !kinds("local").has(kind));
    expect(missing).to.deep.equal([
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      // Spot nodes and what they need.
      "aws:kms/grant:Grant",
      "aws:emr/instanceFleet:InstanceFleet",
    ]);
  });
});

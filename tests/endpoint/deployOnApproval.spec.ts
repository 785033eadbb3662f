import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

import {
  DeployOnApproval,
  DISPATCH_EVENT,
  dispatchTemplate,
} from "../../components/endpoint/deployOnApproval";
import {
  find,
  mockStack,
  type Registered,
  settled,
  statements,
  valueOf,
} from "../shared/pulumiMocks";

const CONNECTION = "arn:aws:events:us-east-1:123456789012:connection/github/1f0c";
const DESTINATION = "arn:aws:events:us-east-1:123456789012:api-destination/approval";

async function build(): Promise<{ registered: Registered[]; started: DeployOnApproval }> {
  const registered = await mockStack("prod");
  const started = new DeployOnApproval("approval", {
    repository: "owner/name",
    connectionArn: CONNECTION,
    modelPackageGroupName: "models",
  });
  await settled();
  return { registered, started };
}

describe("DeployOnApproval", () => {
  it("listens to approvals and rejections of the stack's own models", async () => {
    const { registered } = await build();
    const rule = find(registered, "aws:cloudwatch/eventRule:EventRule", "approval");
    expect(JSON.parse(rule.inputs.eventPattern as string)).to.deep.equal({
      source: ["aws.sagemaker"],
      "detail-type": ["SageMaker Model Package State Change"],
      detail: {
        ModelPackageGroupName: ["models"],
        ModelApprovalStatus: ["Approved", "Rejected"],
      },
    });
  });

  it("calls GitHub through the connection, and may do nothing else", async () => {
    const { registered } = await build();
    const type = "aws:cloudwatch/eventApiDestination:EventApiDestination";
    expect(find(registered, type, "approval").inputs).to.deep.include({
      connectionArn: CONNECTION,
      invocationEndpoint: "https://api.github.com/repos/owner/name/dispatches",
      httpMethod: "POST",
    });
    const target = find(registered, "aws:cloudwatch/eventTarget:EventTarget", "approval").inputs;
    expect(target).to.deep.include({ rule: "approval-1a2b3c4", arn: DESTINATION });
    const role = find(registered, "aws:iam/role:Role", "approval-role");
    expect(statements(role.inputs.assumeRolePolicy)[0]).to.deep.equal({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    const permissions = find(registered, "aws:iam/rolePolicy:RolePolicy", "approval-rights");
    expect(statements(permissions.inputs.policy)).to.deep.equal([
      {
        Sid: "StartWorkflow",
        Effect: "Allow",
        Action: "events:InvokeApiDestination",
        Resource: DESTINATION,
      },
    ]);
  });

  it("keeps an approval that GitHub did not take, from this rule only", async () => {
    const { registered, started } = await build();
    const arn = "arn:aws:sqs:us-east-1:123456789012:approval-undelivered-1a2b3c4";
    const target = find(registered, "aws:cloudwatch/eventTarget:EventTarget", "approval").inputs;
    expect(target.deadLetterConfig).to.deep.equal({ arn });
    const policy = find(registered, "aws:sqs/queuePolicy:QueuePolicy", "approval-undelivered");
    expect(statements(policy.inputs.policy)).to.deep.equal([
      {
        Effect: "Allow",
        Sid: "Events",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
        Condition: {
          ArnEquals: {
            "aws:SourceArn": ["arn:aws:events:us-east-1:123456789012:rule/approval-1a2b3c4"],
          },
        },
      },
    ]);
    expect(await valueOf(started.deadLetterQueueName)).to.equal("approval-undelivered-1a2b3c4");
  });

  it("sends what GitHub and the deploy workflow expect", () => {
    // EventBridge puts each value in with its quotes.
    const sent = dispatchTemplate("prod")
      .replace("<modelPackageArn>", '"arn:package/3"')
      .replace("<approval>", '"Approved"');
    expect(JSON.parse(sent)).to.deep.equal({
      event_type: DISPATCH_EVENT,
      client_payload: {
        stack: "prod",
        modelPackageArn: "arn:package/3",
        approval: "Approved",
      },
    });
    const workflow = parse(readFileSync(".github/workflows/deploy.yml", "utf8")) as {
      on: { repository_dispatch: { types: string[] } };
    };
    expect(workflow.on.repository_dispatch.types).to.deep.equal([DISPATCH_EVENT]);
  });

  it("is the parent of what it makes, and names its rule", async () => {
    const { registered, started } = await build();
    const rule = find(registered, "aws:cloudwatch/eventRule:EventRule", "approval");
    expect(rule.options.parent).to.contain("streaming-ml:endpoint:DeployOnApproval::approval");
    expect(await valueOf(started.ruleName)).to.equal("approval-1a2b3c4");
  });
});

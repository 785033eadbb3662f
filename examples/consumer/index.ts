import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { readStackOutputs } from "../../contracts/stackOutputs";

/**
 * Another team's program: it lets its own service write posts to the stream of a streaming-ml stack
 * and gives the service the address of the API. It knows the outputs contract and nothing else.
 */
export = async () => {
  const config = new pulumi.Config();
  const { stream, api, endpoint } = await readStackOutputs(
    new pulumi.StackReference(config.require("streamingMlStack")),
  );

  const service = new aws.iam.Role("posts-service", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
  });

  new aws.iam.RolePolicy("posts-service-produces", {
    role: service.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"],
          Resource: stream.arn,
        },
        ...(stream.keyArn === undefined
          ? []
          : [{ Effect: "Allow", Action: "kms:GenerateDataKey", Resource: stream.keyArn }]),
      ],
    }),
  });

  return {
    /** What the service is configured with; the API key's value comes from its own secret store. */
    serviceEnvironment: {
      POSTS_STREAM: stream.name,
      /** The API that `classify.ts` calls. */
      API_URL: api.url,
    },
    modelIsServed: endpoint !== null,
  };
};

import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EMRClient } from "@aws-sdk/client-emr";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";

import { createKinesisClient } from "../../contracts/producer";
import type { VerifyClients } from "./check";

/** The clients of a region. They find credentials and endpoints as every AWS SDK does. */
export function openClients(region: string): VerifyClients {
  return {
    apiGateway: new APIGatewayClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
    emr: new EMRClient({ region }),
    kinesis: createKinesisClient({ region }),
    s3: new S3Client({ region }),
    sagemaker: new SageMakerClient({ region }),
  };
}

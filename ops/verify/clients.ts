import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { EMRClient } from "@aws-sdk/client-emr";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";

import { createKinesisClient } from "../../contracts/producer";
import type { VerifyClients } from "./check";

/** The clients of a region. They find credentials and endpoints as every AWS SDK does. */
export function openClients(region: string): VerifyClients {
  return {
    apiGateway: new APIGatewayClient({ region }),
    athena: new AthenaClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
    ec2: new EC2Client({ region }),
    ecr: new ECRClient({ region }),
    emr: new EMRClient({ region }),
    iam: new IAMClient({ region }),
    kinesis: createKinesisClient({ region }),
    s3: new S3Client({ region }),
    sagemaker: new SageMakerClient({ region }),
    serviceQuotas: new ServiceQuotasClient({ region }),
  };
}

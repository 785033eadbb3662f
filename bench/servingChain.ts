import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  ImportRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as tar from "tar";

import { buildOpenApi, publishedDocument } from "../components/api/openApi";
import { DEFAULT_INFERENCE_VERSION } from "../components/runtimes/tensorflowImages";
import { inferenceImage } from "../components/training/frameworkImages";
import type { PredictionContract } from "../contracts/prediction/predictionContract";
import type { LocalEnvironment } from "../local/environment/environment";
import type { Target } from "./servingLoad";

/** A deployed REST API with a key that may use it. */
export interface DeployedApi {
  /** Base address, without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  /** The OpenAPI document as consumers get it. */
  readonly document: object;
}

const NAME = "serving-benchmark";
const ROLE = "arn:aws:iam::123456789012:role/serving-benchmark";
const PACKAGE = `arn:aws:sagemaker:us-east-1:123456789012:model-package/${NAME}/1`;

/**
 * Deploys the model to an endpoint, and the REST API's own document for it, with the calls of a
 * deployment.
 *
 * @param prediction contract of the predictions
 * @returns the URLs of SageMaker Runtime and of the REST API
 */
export async function deployChain(
  environment: LocalEnvironment,
  modelDirectory: string,
  prediction: PredictionContract,
): Promise<{ runtime: Target; api: DeployedApi }> {
  await deployEndpoint(environment, modelDirectory);
  const runtime = environment.variables.AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME;
  return {
    runtime: {
      url: `${runtime}/endpoints/${NAME}/invocations`,
      headers: { "content-type": "application/json" },
    },
    api: await deployApi(environment, prediction),
  };
}

function connection(endpoint: string) {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return { endpoint, region: "us-east-1", credentials };
}

async function deployEndpoint(
  { variables, runDirectory }: LocalEnvironment,
  modelDirectory: string,
): Promise<void> {
  const archive = path.join(runDirectory, "model.tar.gz");
  await tar.create({ gzip: true, file: archive, cwd: modelDirectory }, ["."]);
  const s3 = new S3Client({ ...connection(variables.AWS_ENDPOINT_URL_S3), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: NAME }));
  await s3.send(
    new PutObjectCommand({ Bucket: NAME, Key: "model.tar.gz", Body: readFileSync(archive) }),
  );
  const sagemaker = new SageMakerClient(connection(variables.AWS_ENDPOINT_URL_SAGEMAKER));
  await sagemaker.send(
    new CreateModelCommand({
      ModelName: NAME,
      ExecutionRoleArn: ROLE,
      PrimaryContainer: {
        Image: inferenceImage("us-east-1", DEFAULT_INFERENCE_VERSION),
        ModelDataUrl: `s3://${NAME}/model.tar.gz`,
      },
    }),
  );
  await sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: NAME,
      ProductionVariants: [
        {
          VariantName: "model",
          ModelName: NAME,
          InstanceType: "ml.c6i.large",
          InitialInstanceCount: 1,
        },
      ],
    }),
  );
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: NAME, EndpointConfigName: NAME }));
  await waitUntilEndpointInService(
    { client: sagemaker, maxWaitTime: 120, minDelay: 1, maxDelay: 1 },
    { EndpointName: NAME },
  );
}

async function deployApi(
  { variables }: LocalEnvironment,
  prediction: PredictionContract,
): Promise<DeployedApi> {
  const url = variables.AWS_ENDPOINT_URL_API_GATEWAY;
  const gateway = new APIGatewayClient(connection(url));
  const document = buildOpenApi({
    prediction,
    maxInstances: 64,
    timeoutMilliseconds: 29000,
    authorization: "apiKey",
    endpoint: { partition: "aws", region: "us-east-1", name: NAME, roleArn: ROLE },
    model: { version: 1, modelPackageArn: PACKAGE },
  });
  const body = Buffer.from(JSON.stringify(document));
  const { id: restApiId } = await gateway.send(new ImportRestApiCommand({ body }));
  const { id: deploymentId } = await gateway.send(new CreateDeploymentCommand({ restApiId }));
  const stage = "live";
  await gateway.send(new CreateStageCommand({ restApiId, stageName: stage, deploymentId }));
  const apiStages = [{ apiId: restApiId, stage }];
  const plan = await gateway.send(new CreateUsagePlanCommand({ name: NAME, apiStages }));
  const key = await gateway.send(new CreateApiKeyCommand({ name: NAME, enabled: true }));
  await gateway.send(
    new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" }),
  );
  const apiUrl = `${url}/execute-api/${restApiId}/${stage}`;
  return {
    url: apiUrl,
    apiKey: key.value ?? "",
    document: publishedDocument(document, apiUrl),
  };
}

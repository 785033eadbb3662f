import {
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageGroupCommand,
  CreatePipelineCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DeleteModelPackageGroupCommand,
  DeletePipelineCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  DescribeModelPackageGroupCommand,
  DescribePipelineCommand,
  SageMakerClient,
  UpdatePipelineCommand,
} from "@aws-sdk/client-sagemaker";

import { text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";
import { upperCamelKeys } from "./upperCamel";

/** Errors of SageMaker for an unknown name: often a validation error. */
const MISSING = ["ResourceNotFound", "ResourceNotFoundException", "ValidationException"];

function client({ location }: HandlerContext): SageMakerClient {
  return new SageMakerClient(connectionTo("SAGEMAKER", location.region));
}

/** Package groups, pipelines, models and endpoint configurations in the stand-in. */
export const learningHandlers: HandlerTable = {
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": {
    async create(inputs, context) {
      const created = await client(context).send(
        new CreateModelPackageGroupCommand({
          ModelPackageGroupName: text(inputs.modelPackageGroupName),
          ModelPackageGroupDescription: text(inputs.modelPackageGroupDescription) || undefined,
        }),
      );
      return { outputs: { arn: created.ModelPackageGroupArn } };
    },
    delete: (id, _properties, context) =>
      ignoreMissing(
        client(context).send(new DeleteModelPackageGroupCommand({ ModelPackageGroupName: id })),
        ...MISSING,
      ),
    exists: (id, _properties, context) =>
      isPresent(
        client(context).send(new DescribeModelPackageGroupCommand({ ModelPackageGroupName: id })),
        ...MISSING,
      ),
  },
  "aws:sagemaker/pipeline:Pipeline": {
    async create(inputs, context) {
      const created = await client(context).send(
        new CreatePipelineCommand({
          PipelineName: text(inputs.pipelineName),
          PipelineDisplayName: text(inputs.pipelineDisplayName) || undefined,
          PipelineDescription: text(inputs.pipelineDescription) || undefined,
          PipelineDefinition: text(inputs.pipelineDefinition),
          RoleArn: text(inputs.roleArn),
          ClientRequestToken: `local-${text(inputs.pipelineName)}`.padEnd(32, "-").slice(0, 128),
        }),
      );
      return { outputs: { arn: created.PipelineArn } };
    },
    async update(id, _olds, news, context) {
      await client(context).send(
        new UpdatePipelineCommand({
          PipelineName: id,
          PipelineDisplayName: text(news.pipelineDisplayName) || undefined,
          PipelineDescription: text(news.pipelineDescription) || undefined,
          PipelineDefinition: text(news.pipelineDefinition),
          RoleArn: text(news.roleArn),
        }),
      );
      return undefined;
    },
    delete: (id, _properties, context) =>
      ignoreMissing(
        client(context).send(
          new DeletePipelineCommand({
            PipelineName: id,
            ClientRequestToken: `local-${id}`.padEnd(32, "-").slice(0, 128),
          }),
        ),
        ...MISSING,
      ),
    exists: (id, _properties, context) =>
      isPresent(
        client(context).send(new DescribePipelineCommand({ PipelineName: id })),
        ...MISSING,
      ),
  },
  "aws:sagemaker/model:Model": {
    async create(inputs, context) {
      const { name, executionRoleArn, primaryContainer, vpcConfig } = inputs;
      const created = await client(context).send(
        new CreateModelCommand({
          ...upperCamelKeys({ executionRoleArn, primaryContainer, vpcConfig }),
          ModelName: text(name),
          EnableNetworkIsolation: inputs.enableNetworkIsolation === true,
        }),
      );
      return { outputs: { arn: created.ModelArn } };
    },
    delete: (id, _properties, context) =>
      ignoreMissing(client(context).send(new DeleteModelCommand({ ModelName: id })), ...MISSING),
    exists: (id, _properties, context) =>
      isPresent(client(context).send(new DescribeModelCommand({ ModelName: id })), ...MISSING),
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    async create(inputs, context) {
      const { name, productionVariants, dataCaptureConfig } = inputs;
      const created = await client(context).send(
        new CreateEndpointConfigCommand({
          ProductionVariants: [],
          ...upperCamelKeys({ productionVariants, dataCaptureConfig }),
          EndpointConfigName: text(name),
          KmsKeyId: text(inputs.kmsKeyArn) || undefined,
        }),
      );
      return { outputs: { arn: created.EndpointConfigArn } };
    },
    delete: (id, _properties, context) =>
      ignoreMissing(
        client(context).send(new DeleteEndpointConfigCommand({ EndpointConfigName: id })),
        ...MISSING,
      ),
    exists: (id, _properties, context) =>
      isPresent(
        client(context).send(new DescribeEndpointConfigCommand({ EndpointConfigName: id })),
        ...MISSING,
      ),
  },
};

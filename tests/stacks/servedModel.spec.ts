import { expect } from "chai";

import { apiConfigSchema } from "../../components/api/config";
import type { OpenApiDocument } from "../../components/api/document";
import { buildSchemas } from "../../components/api/schemas";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import { find, namesOf } from "../shared/pulumiMocks";
import { schemaUri } from "./modelRegistry";
import {
  NOW,
  type Planned,
  trainedEarlier,
  trainedNow,
  withModelRegistry,
  workload,
} from "./plannedWithModels";

// These tests prove the inputs the program sends for what the model registry holds; not that AWS accepts them.

/** What a plan would have API Gateway import. */
function document({ resources }: Planned): OpenApiDocument {
  const { inputs } = find(resources, "aws:apigateway/restApi:RestApi", "api");
  return JSON.parse(inputs.body as string) as OpenApiDocument;
}

describe("the model that a stack serves", () => {
  const earlier = trainedEarlier();
  let withModel: Planned;
  let withoutModel: Planned;
  let beforeTraining: Planned;
  let rejected: Planned;
  let others: Planned;

  before(() =>
    withModelRegistry(async (plan) => {
      const noneApproved = { ...NOW, isApproved: false };
      withModel = await plan("dev", NOW);
      withoutModel = await plan("dev", noneApproved);
      beforeTraining = await plan("dev", { model: earlier, isApproved: true });
      const endpointName = withModel.outputs.endpoint?.name;
      rejected = await plan("dev", { ...noneApproved, endpointName });
      others = await plan("dev", { ...noneApproved, endpointName: `${endpointName}-other` });
    }),
  );

  it("leaves what serves as it is when its model is no longer approved", () => {
    expect(rejected.outputs.endpoint).to.deep.equal(withModel.outputs.endpoint);
    const models = ({ resources }: Planned) =>
      resources.filter(({ type }) => type === "aws:sagemaker/model:Model");
    expect(models(rejected)).to.deep.equal(models(withModel)).and.not.have.length(0);
    expect(others.outputs.endpoint).to.equal(null);
  });

  it("publishes what the model that serves was trained for, not what the checkout's next one will be", () => {
    const schemasOf = (plan: Planned) => document(plan).components.schemas;
    const published = (prediction: PredictionContract) => {
      const { maxInstances } = apiConfigSchema.parse({});
      return buildSchemas(prediction, maxInstances);
    };
    expect(schemasOf(beforeTraining)).to.deep.equal(published(earlier.prediction));
    expect(schemasOf(withModel)).to.deep.equal(published(workload.prediction));
    expect(schemasOf(beforeTraining)).to.not.deep.equal(schemasOf(withModel));
    expect(schemasOf(withoutModel)).to.deep.equal(schemasOf(withModel));
  });

  it("says which workload, prediction schema and event contract serve", () => {
    const serves = ({ outputs }: Planned) => outputs.endpoint?.serves;
    expect(serves(withModel)).to.deep.equal({
      workload: "sentiment",
      eventContract: workload.event.sha256,
      predictionSchemaUri: schemaUri(trainedNow),
    });
    expect(serves(beforeTraining)).to.deep.equal({
      workload: "sentiment",
      eventContract: "e".repeat(64),
      predictionSchemaUri: schemaUri(earlier),
    });
  });

  it("deploys without an endpoint, but with the API, before a model is approved", () => {
    expect(withoutModel.outputs.endpoint).to.equal(null);
    expect(namesOf(withoutModel.resources, "aws:apigateway/restApi:RestApi")).to.have.length(1);
    expect(withoutModel.resources.map(({ type }) => type)).to.not.include(
      "aws:sagemaker/model:Model",
    );
    expect(
      namesOf(withoutModel.resources, "aws:cloudwatch/metricAlarm:MetricAlarm"),
    ).to.not.include("alarms-endpoint-errors");
  });
});

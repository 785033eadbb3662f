import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import * as fs from "node:fs";
import * as path from "node:path";

import type { StackOutputs } from "../../../contracts/stackOutputs";
import { readWorkload } from "../../../contracts/workload/readWorkload";
import { clientSettings } from "../../../local/demo/storage";
import { EngineError } from "../../../local/engine/engineError";
import type { ConfigOverrides } from "../../../local/engine/scratchProject";
import { createRunDirectory } from "../../../local/environment/run";
import { LocalRun } from "../../../local/run/localRun";
import { answeringModel, ConstantLoad, type LoadTarget } from "./constantLoad";

/** Each always gives the same answer, and another one than the others. */
const MODELS = ["first", "second", "third"] as const;
export type Answering = (typeof MODELS)[number];

/** `crashes` cannot be loaded. */
export type ModelName = Answering | "crashes";

const WAIT_SECONDS = 120;

const MODEL_BUILDER = "tests.reliability.deployment.build_models";

/** The stack `local` without its streaming job, and models that tell by their answers which one they are. */
export class ServingRun {
  private registered: ModelName = "crashes";
  private served: Answering = "first";
  private readLog = 0;

  private constructor(
    private readonly demo: LocalRun,
    public outputs: StackOutputs,
    private readonly apiKey: string,
    readonly sagemaker: SageMakerClient,
    readonly cloudwatch: CloudWatchClient,
    private readonly storage: S3Client,
    private readonly asked: Pick<LoadTarget, "instance" | "answers">,
    private readonly requestsPerSecond: number,
  ) {}

  /**
   * Starts everything, deploys the stack and then the first model.
   *
   * @param requestsPerSecond offered while the deployments go on
   */
  static async start(config: ConfigOverrides, requestsPerSecond: number): Promise<ServingRun> {
    const demo = await LocalRun.start(createRunDirectory("deployment"), {
      "streaming-ml:job.enabled": false,
      ...config,
    });
    try {
      const [outputs] = await Promise.all([
        demo.deploy(),
        demo.python(MODEL_BUILDER, [demo.workload, demo.file("models", ".")], () => undefined),
      ]);
      const { variables } = demo;
      const run = new ServingRun(
        demo,
        outputs,
        await demo.apiKey(),
        new SageMakerClient(clientSettings(variables, "AWS_ENDPOINT_URL_SAGEMAKER")),
        new CloudWatchClient(clientSettings(variables, "AWS_ENDPOINT_URL")),
        new S3Client({
          ...clientSettings(variables, "AWS_ENDPOINT_URL_S3"),
          forcePathStyle: true,
        }),
        {
          instance: readWorkload(demo.workload).prediction.sample,
          answers: JSON.parse(
            fs.readFileSync(demo.file("models", "answers.json"), "utf8"),
          ) as LoadTarget["answers"],
        },
        requestsPerSecond,
      );
      await run.register("first");
      await run.up();
      return run;
    } catch (error) {
      await demo.stop();
      throw error;
    }
  }

  /** Registers a model as approved: the next `up` serves it. */
  async register(model: ModelName): Promise<void> {
    const { artifacts, events, training } = this.outputs;
    const { name, event, prediction } = readWorkload(String(events?.workload));
    this.registered = model;
    const key = `models/${model}/model.tar.gz`;
    await this.storage.send(
      new PutObjectCommand({
        Bucket: artifacts.bucket,
        Key: key,
        Body: fs.readFileSync(path.join(this.demo.runDirectory, "models", `${model}.tar.gz`)),
      }),
    );
    await this.sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: training.modelPackageGroupName,
        ModelApprovalStatus: "Approved",
        // As the training pipeline writes it, which has put the schema there.
        CustomerMetadataProperties: {
          workload: name,
          contract: event.sha256,
          predictionSchema: `s3://${artifacts.bucket}/schemas/${prediction.fileName}`,
        },
        InferenceSpecification: {
          Containers: [{ Image: "serving", ModelDataUrl: `s3://${artifacts.bucket}/${key}` }],
          SupportedContentTypes: ["application/json"],
          SupportedResponseMIMETypes: ["application/json"],
        },
      }),
    );
  }

  /** The model that serves. */
  get serving(): Answering {
    return this.served;
  }

  /** A model that does not serve. */
  get other(): Answering {
    return MODELS[(MODELS.indexOf(this.served) + 1) % MODELS.length];
  }

  /** Says which model serves after a deployment that was not made here. */
  serves(model: Answering): void {
    this.served = model;
    this.registered = model;
  }

  /** `pulumi up` to its end: what was registered last serves then. With a signal it may be stopped before. */
  async up(signal?: AbortSignal): Promise<void> {
    await this.demo.stack.up({ signal, checkpoints: signal !== undefined });
    await this.refreshOutputs();
    this.served = this.registered as Answering;
  }

  async refreshOutputs(): Promise<void> {
    this.outputs = await this.demo.outputs();
  }

  /** `pulumi up` that must fail; returns what it said. */
  async failingUp(): Promise<string> {
    try {
      await this.up();
    } catch (error) {
      if (error instanceof EngineError) {
        return error.message;
      }
      throw error;
    }
    return "";
  }

  setConfig(config: ConfigOverrides): Promise<void> {
    return this.demo.stack.setConfig(config);
  }

  ops(commandArguments: readonly string[]): Promise<string> {
    return this.demo.node(
      "ops/main.ts",
      [...commandArguments, "--stack", "local"],
      () => undefined,
    );
  }

  /** The endpoint that the stack's outputs name, as SageMaker describes it. */
  endpoint(name = this.endpointName): Promise<DescribeEndpointCommandOutput> {
    return this.sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
  }

  get endpointName(): string {
    return this.outputs.endpoint?.name ?? "";
  }

  private get target(): LoadTarget {
    return {
      url: `${this.outputs.api.url}/v1/predictions`,
      apiKey: this.apiKey,
      ...this.asked,
    };
  }

  load(): ConstantLoad {
    return new ConstantLoad(this.target, this.requestsPerSecond);
  }

  /** How often each model is the one that answers, of as many predictions. */
  async sample(predictions: number): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    for (let index = 0; index < predictions; index += 1) {
      const model = await answeringModel(this.target);
      counts[model] = (counts[model] ?? 0) + 1;
    }
    return counts;
  }

  /** Waits for something, and fails with a sentence when it does not come. */
  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + WAIT_SECONDS * 1000;
    while (!(await condition())) {
      if (Date.now() > deadline) {
        throw new Error(`Waited ${WAIT_SECONDS} s until ${what}, in vain.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits until SageMaker is done with the endpoint. */
  settled(): Promise<void> {
    const done = async () => (await this.endpoint()).EndpointStatus === "InService";
    return this.until(done, "the endpoint is in service");
  }

  /** What the local SageMaker service has logged since the last time this was asked. */
  newServicesLog(): string {
    const file = path.join(this.demo.runDirectory, "logs", "services.log");
    const text = fs.readFileSync(file, "utf8").slice(this.readLog);
    this.readLog += text.length;
    return text;
  }

  stop(): Promise<void> {
    return this.demo.stop();
  }
}

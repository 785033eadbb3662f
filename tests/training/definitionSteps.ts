import { buildPipelineDefinition } from "../../components/training/definition";
import { definitionInputs } from "./definitionInputs";

interface Joined {
  readonly "Std:Join": { readonly On: string; readonly Values: readonly unknown[] };
}

/** The parts of the steps' arguments that tests look at. */
interface Arguments {
  readonly InputDataConfig: {
    readonly ChannelName: string;
    readonly DataSource: { readonly S3DataSource: { readonly S3Uri: unknown } };
  }[];
  readonly HyperParameters: object;
  readonly StoppingCondition: object;
  readonly OutputDataConfig: { readonly KmsKeyId?: string };
  readonly ProcessingOutputConfig: { readonly KmsKeyId?: string };
  readonly EnableManagedSpotTraining?: boolean;
  readonly CheckpointConfig: { readonly S3Uri: Joined };
  readonly EnableInterContainerTrafficEncryption?: boolean;
  readonly VpcConfig?: object;
  readonly NetworkConfig: { readonly VpcConfig: object };
  readonly AppSpecification: {
    readonly ContainerEntrypoint: string[];
    readonly ContainerArguments: unknown[];
  };
  readonly ProcessingInputs: {
    readonly InputName: string;
    readonly S3Input: { readonly S3Uri: unknown; readonly LocalPath: string };
  }[];
  readonly ModelPackageDescription: string;
  readonly CustomerMetadataProperties: object;
  readonly InferenceSpecification: { readonly Containers: { readonly Environment: object }[] };
  readonly Conditions: object[];
  readonly IfSteps: Step[];
  readonly ElseSteps: Step[];
  readonly ErrorMessage: Joined;
}

export interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly DependsOn?: string[];
  readonly Arguments: Arguments;
  readonly [key: string]: unknown;
}

export const EXECUTION = { Get: "Execution.PipelineExecutionId" };

/** Every step by name, those behind the quality gate included. */
export function stepsOf(changes: Partial<typeof definitionInputs> = {}): Record<string, Step> {
  const definition = buildPipelineDefinition({ ...definitionInputs, ...changes });
  const top = definition.Steps as unknown as Step[];
  const gate = top[3].Arguments;
  return Object.fromEntries(
    [...top, ...gate.IfSteps, ...gate.ElseSteps].map((step) => [step.Name, step]),
  );
}

/** Puts sample values in the place of expressions. */
export function resolved(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const record = value as Record<string, unknown>;
  if ("Get" in record) {
    return sample(String(record.Get));
  }
  if ("Std:Join" in record) {
    const { On, Values } = record["Std:Join"] as { On: string; Values: unknown[] };
    return Values.map(resolved).join(On);
  }
  if ("Std:JsonGet" in record) {
    return 0.75;
  }
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, resolved(inner)]));
}

/** References to other steps are all to what they wrote. */
function sample(reference: string): string {
  if (reference.startsWith("Steps.")) {
    return "s3://bucket/written";
  }
  return reference === "Parameters.ApprovalStatus" ? "Approved" : "value";
}

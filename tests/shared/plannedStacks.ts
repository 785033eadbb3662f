import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { partitionOf } from "../../components/shared/region";
import program from "../../index";
import { PlaceholderRegistry, type RegistryContent } from "../../local/engine/placeholderRegistry";
import { AwsStandIn, LOCAL_STACK } from "../../local/provider/standIn";
import { StandInVpc } from "../../local/provider/vpc/vpc";
import { isTaggable } from "../../policy/taggable";
import { inRepository } from "../../tools/paths";
import { type EngineAnswers, mockStack, type Registered, settled, valueOf } from "./pulumiMocks";

/** The stacks this repository deploys. */
export const STACKS = ["local", "dev", "prod"] as const;
export type StackName = (typeof STACKS)[number];

/** Config of a stack under its full keys, as its file says it. */
type StackConfig = Record<string, unknown>;

/** What the committed file of a stack configures. */
export function stackConfig(stack: StackName): StackConfig {
  const text = readFileSync(inRepository(`Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: StackConfig }).config;
}

/**
 * Every resource of a stack with the inputs AWS's provider would send: the program itself, run by mocks whose ids,
 * automatic names, computed outputs and VPC are the offline provider's. Nothing is unknown, unlike in a preview.
 *
 * @param stack its name; one without a file needs `config`
 * @param config what the stack is configured with; its own file if absent
 * @param model what the model registry holds
 */
export function planStack(
  stack: string,
  config: StackConfig = stackConfig(stack as StackName),
  model: RegistryContent = "approved",
): Promise<readonly Registered[]> {
  return once(["whole", stack, config, model], () =>
    planAnew(stack, config, providerAnswers(config), model),
  );
}

/**
 * The same with ids and automatic names of the mocks, which do not differ between two plans: to tell what a change
 * changes.
 */
export function planToCompare(
  stack: StackName,
  config: StackConfig = stackConfig(stack),
): Promise<readonly Registered[]> {
  return once(["to compare", stack, config], () => planAnew(stack, config));
}

/** A plan takes a second, and many tests look at the same one. */
const plans = new Map<string, Promise<readonly Registered[]>>();

function once(
  of: readonly unknown[],
  make: () => Promise<readonly Registered[]>,
): Promise<readonly Registered[]> {
  const key = JSON.stringify(of);
  const plan = plans.get(key) ?? make();
  plans.set(key, plan);
  return plan;
}

/** The plan made now, whatever was planned before: for a test that changes what the program reads. */
export async function planAnew(
  stack: string,
  config: StackConfig,
  answers?: EngineAnswers,
  model: RegistryContent = "approved",
): Promise<readonly Registered[]> {
  const saved = { ...process.env };
  const region = config["aws:region"] as string;
  const registry = await PlaceholderRegistry.start({
    content: model,
    region,
    workload: config["streaming-ml:workload"] as string,
  });
  try {
    Object.assign(process.env, {
      ...registry.services,
      AWS_ACCESS_KEY_ID: "plan",
      AWS_SECRET_ACCESS_KEY: "plan",
    });
    const registered = await mockStack(stack, config, answers);
    await valueOf(await program());
    await settled();
    return registered;
  } finally {
    process.env = saved;
    await registry.stop();
  }
}

/** Ids, automatic names and computed outputs as the offline provider gives them. */
export function providerAnswers(config: StackConfig): EngineAnswers {
  const provider = new AwsStandIn(() => undefined);
  const { tags } = (config["aws:defaultTags"] ?? { tags: {} }) as { tags: Record<string, string> };
  const region = config["aws:region"] as string;
  provider.configure({ region });
  return {
    async resource({ type, name, inputs, id }, plain) {
      if (type.startsWith("aws:")) {
        // The stand-in creates in its own stack only; nothing else in a URN decides what it answers.
        const urn = `urn:pulumi:${LOCAL_STACK}::streaming-ml::${type}::${name}`;
        const tagged = isTaggable(type)
          ? { ...plain, tags: { ...tags, ...(plain.tags as Record<string, string>) } }
          : plain;
        const checked = provider.check(urn, undefined, tagged);
        delete checked.__defaults;
        const created = await provider.create(urn, checked, false);
        return {
          id: created.id,
          inputs: checked,
          state: { ...created.outputs, ...inputs },
        };
      }
      if (type === "awsx:ec2:Vpc") {
        return { id: "", state: await vpcOutputs(name, plain, region) };
      }
      return { id: id || `${name}-id`, state: { ...inputs, ...dynamicOutputs(type, region) } };
    },
    call: (token, inputs) => provider.invoke(token, inputs),
  };
}

/** What dynamic resources compute and others read. */
function dynamicOutputs(type: string, region: string): object {
  return type === "pulumi-nodejs:dynamic/endpoint:EndpointDeployment"
    ? { arn: `arn:${partitionOf(region)}:sagemaker:${region}:123456789012:endpoint/planned` }
    : {};
}

/** Children of awsx's remote component. It registers itself under the same type, once more and empty. */
async function vpcOutputs(
  name: string,
  inputs: pulumi.Inputs,
  region: string,
): Promise<Record<string, unknown>> {
  if (Object.keys(inputs).length === 0) {
    return {};
  }
  const vpc = new StandInVpc(name, inputs, region, {});
  const { vpcId, privateSubnetIds, publicSubnetIds, routeTables } = vpc.state;
  const tables = (routeTables as { id: pulumi.Output<string> }[]).map(({ id }) => ({ id }));
  return valueOf(
    pulumi.output<Record<string, unknown>>({
      vpcId,
      privateSubnetIds,
      publicSubnetIds,
      routeTables: tables,
    }),
  );
}

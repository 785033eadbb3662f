import { planStack, stackConfig } from "../shared/plannedStacks";
import type { Registered } from "../shared/pulumiMocks";

/** prod with what its file leaves out and makes resources of other types. */
function everything(): Record<string, unknown> {
  const prod = stackConfig("prod");
  const room = (name: string, more: object) => ({
    [`streaming-ml:${name}`]: { ...(prod[`streaming-ml:${name}`] as object), ...more },
  });
  return {
    ...prod,
    ...room("stream", { mode: "provisioned", shardCount: 4, maxShards: undefined, fanOut: true }),
    ...room("job", { source: "aws-kinesis", freshnessSeconds: 12 }),
    ...room("alarms", { recipients: ["on-call@example.com"] }),
    ...room("endpoint", {
      volumeKeyArn: "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
      deployOnApproval: {
        repository: "owner/name",
        connectionArn: "arn:aws:events:us-east-1:123456789012:connection/github/1",
      },
    }),
  };
}

/** The plan of a stack that has every option. */
export function planEverything(): Promise<readonly Registered[]> {
  return planStack("prod", everything());
}

/** Plans of everything that a stack may consist of. */
export async function plans(): Promise<Record<string, readonly Registered[]>> {
  return {
    dev: await planStack("dev"),
    prod: await planStack("prod"),
    everything: await planEverything(),
  };
}

/** Types that ask AWS for something; components of our own only hold others together. */
export function askingTypes(planned: Iterable<readonly Registered[]>): string[] {
  const types = [...planned].flatMap((plan) => plan.map(({ type }) => type));
  return [...new Set(types)].filter((type) => !type.startsWith("streaming-ml:")).sort();
}

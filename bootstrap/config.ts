import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { describeProblems } from "../components/config/loadConfig";
import { readableError } from "../components/shared/errors";
import { modelPackageGroupName } from "../components/shared/modelPackageGroupName";
import { checkSettings, type SettingProblem } from "../components/shared/settings";

/** Namespace of the configuration, and name of this project. */
export const PROJECT = "streaming-ml-bootstrap";

const principal = z
  .string()
  .regex(
    /^arn:aws(-us-gov)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
    "must be the ARN of an IAM role or user",
  );

const KEYS = {
  /** GitHub repository whose workflows deploy, `owner/name`. */
  repository: z
    .string({ error: "is required: the GitHub repository whose workflows deploy, owner/name" })
    .regex(/^[\w.-]+\/[\w.-]+$/, "must be a GitHub repository such as owner/name"),
  /** Stacks of this account, 1 to 10: each gets its own roles, and sees no other one's state. */
  stacks: z
    .array(z.string().regex(/^[a-zA-Z0-9_.-]{1,100}$/, "must be the name of a stack"))
    .min(1)
    .max(10)
    .refine((stacks) => new Set(stacks).size === stacks.length, "must name each stack once"),
  /** Roles and users who deploy by hand: they may use the key of the state. */
  operators: z.array(principal).default([]),
  /** ARN of GitHub's OIDC provider where the account has one: there can be one only. */
  oidcProviderArn: z
    .string()
    .regex(
      /^arn:aws(-us-gov)?:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "must be the ARN of GitHub's OIDC provider",
    )
    .optional(),
  /** Names of model package groups by stack, where its file gives one (`training.modelPackageGroupName`). */
  modelPackageGroupNames: z.record(z.string(), modelPackageGroupName).default({}),
  /** Name of the Pulumi project that the stacks belong to. */
  project: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{1,100}$/, "must be the name of a Pulumi project")
    .default("streaming-ml"),
} as const;

const schema = z.object(KEYS).superRefine(({ stacks, modelPackageGroupNames }, context) => {
  for (const stack of Object.keys(modelPackageGroupNames).filter((one) => !stacks.includes(one))) {
    context.addIssue({
      code: "custom",
      path: ["modelPackageGroupNames", stack],
      message: `must be named after one of the stacks: ${stacks.join(", ")}`,
      input: modelPackageGroupNames[stack],
    });
  }
});

/** What the stack file says, checked and complete. */
export type BootstrapConfig = z.infer<typeof schema> & {
  /** From `aws:region`. */
  readonly region: string;
};

/**
 * Reads and checks the configuration.
 *
 * @throws pulumi.RunError one message with every problem
 */
export function loadBootstrapConfig(): BootstrapConfig {
  const config = new pulumi.Config(PROJECT);
  const raw = Object.fromEntries(Object.keys(KEYS).map((key) => [key, readValue(config.get(key))]));
  const region = new pulumi.Config("aws").get("region");
  const { settings, problems: refused } = checkSettings(schema, raw);
  const problems: SettingProblem[] = [
    ...(region === undefined
      ? [{ path: "aws:region", message: "is required, for example us-east-1" }]
      : []),
    ...refused.map((problem) => ({ ...problem, path: `${PROJECT}:${problem.path}` })),
  ];
  if (problems.length > 0) {
    throw readableError(describeProblems(problems, pulumi.getStack()));
  }
  return { ...settings!, region: region! };
}

function readValue(text: string | undefined): unknown {
  if (text === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

import { parseStackOutputs, STACK_OUTPUT_NAME, type StackOutputs } from "../contracts/stackOutputs";
import { Failure } from "./failure";

const REPOSITORY = resolve(__dirname, "..");

/** A stack and the project folder it is deployed from. */
export interface StackReference {
  readonly stack: string;
  /** Folder of the Pulumi.yaml to use. @default the repository */
  readonly projectDirectory?: string;
}

/**
 * What a deployed stack says about itself, after making sure that the AWS SDK's credentials belong to
 * its account.
 *
 * @throws Failure when the stack is not deployed, or belongs to another account
 */
export async function openStack(reference: StackReference): Promise<StackOutputs> {
  const outputs = await readOutputs(reference);
  await requireAccount(reference.stack, outputs, new STSClient({ region: outputs.region }));
  return outputs;
}

/** Reads the outputs with `pulumi stack output`, which changes neither state nor stack files. */
export async function readOutputs({
  stack,
  projectDirectory = REPOSITORY,
}: StackReference): Promise<StackOutputs> {
  const args = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  const { stdout } = await promisify(execFile)(pulumiCommand(), args, {
    cwd: projectDirectory,
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: Error & { stderr?: string; code?: unknown }) => {
    if (error.code === "ENOENT") {
      throw new Failure('There is no Pulumi CLI. Run "make setup", or install it from pulumi.com.');
    }
    throw new Failure(
      `The outputs of stack "${stack}" cannot be read: ${pulumiReason(error.stderr ?? error.message)}`,
    );
  });
  try {
    const outputs = JSON.parse(stdout) as Record<string, unknown>;
    return parseStackOutputs(outputs[STACK_OUTPUT_NAME], `Stack "${stack}"`);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}

/** Why the CLI failed, in its own words, and the way out of what happens first. */
function pulumiReason(text: string): string {
  if (text.includes("PULUMI_ACCESS_TOKEN must be set")) {
    return "you are not logged in. Run pulumi login with the backend of your states (docs/first-deploy.md).";
  }
  const reason = text
    .trim()
    .replace(/^error: /, "")
    .replace(/\.?$/, ".");
  return reason.startsWith("no stack named")
    ? `${reason} pulumi stack ls names those that the backend has.`
    : reason;
}

/** Refuses to work in another account than the stack's. */
export async function requireAccount(
  stack: string,
  outputs: Pick<StackOutputs, "accountId">,
  client: Pick<STSClient, "send">,
): Promise<void> {
  const identity = await client.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    throw new Failure(
      `AWS does not say which account your credentials are for: ${error.name}: ${error.message.replace(/\.$/, "")}. ` +
        `They have to be for account ${outputs.accountId}, the one of stack "${stack}".`,
    );
  });
  if (identity.Account !== outputs.accountId) {
    throw new Failure(
      `Stack "${stack}" lives in account ${outputs.accountId}, but your credentials are for account ` +
        `${identity.Account}. Set AWS_PROFILE (or the AWS_* variables) to the stack's account.`,
    );
  }
}

/**
 * What `pulumi preview --refresh --json` prints. It writes nothing, neither to AWS nor to the state.
 *
 * @throws Failure with Pulumi's reason when no plan can be made
 */
export async function previewStack({
  stack,
  projectDirectory = REPOSITORY,
}: StackReference): Promise<string> {
  const args = ["preview", "--refresh", "--json", "--stack", stack, "--non-interactive"];
  const { stdout } = await promisify(execFile)(pulumiCommand(), args, {
    cwd: projectDirectory,
    maxBuffer: 256 * 1024 * 1024,
  }).catch((error: Error & { stderr?: string }) => {
    const reason = (error.stderr ?? error.message).trim().split("\n")[0];
    throw new Failure(`Stack "${stack}" cannot be planned: ${reason}`);
  });
  return stdout;
}

/** Runs `pulumi up` for the stack, in this terminal. */
export async function deployStack({
  stack,
  projectDirectory = REPOSITORY,
}: StackReference): Promise<void> {
  const child = spawn(pulumiCommand(), ["up", "--yes", "--stack", stack], {
    cwd: projectDirectory,
    stdio: "inherit",
  });
  const code = await new Promise<number | null>((resolveExit, reject) => {
    child.once("error", reject);
    child.once("exit", resolveExit);
  });
  if (code !== 0) {
    throw new Failure(`pulumi up of stack "${stack}" failed; its messages are above.`);
  }
}

/** The CLI on PATH, else the one that `make setup` put here: one that it built opens no state outside this machine. */
function pulumiCommand(): string {
  const built = join(REPOSITORY, ".local", "bin", "pulumi");
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const isOnPath = folders.some((folder) => existsSync(join(folder, "pulumi")));
  return isOnPath || !existsSync(built) ? "pulumi" : built;
}

import { STSClient } from "@aws-sdk/client-sts";

import { readOutputs, type StackReference } from "../stack";
import { checkAccount, checkCredentials, NOT_ASKED } from "./account";
import type { Clock, Result } from "./check";
import { ACTIVE, BEFORE, DEPLOYED } from "./checks";
import { openClients } from "./clients";
import { readPlannedStack } from "./plannedStack";
import { refusalVerdict } from "./refusal";
import { runChecks, type RunOptions } from "./runner";
import { standInsAnswer } from "./standIns";
import { notApplicable, ok } from "./verdict";

/** What to verify. */
export interface VerifyOptions extends StackReference {
  /** What the account has to have before the first `up`, instead of the deployed stack. */
  readonly before?: boolean;
  /** Also what sends something or takes minutes. */
  readonly active?: boolean;
}

/** What came of it. */
export interface Verification {
  readonly results: readonly Result[];
  /** Whether services on this machine stood in for AWS. */
  readonly standIns: boolean;
  readonly region?: string;
}

const UNKNOWN = "Not asked: see the check stack.";

/**
 * Verifies a stack. Whatever is missing is a result, never an error.
 *
 * @param show called with each result as it comes
 */
export async function verify(
  options: VerifyOptions,
  clock: Clock,
  show: (result: Result) => void = () => undefined,
): Promise<Verification> {
  const standIns = standInsAnswer(process.env);
  return options.before === true
    ? verifyBefore(options, { standIns, show })
    : verifyDeployed(options, clock, { standIns, show });
}

type Running = Required<Pick<RunOptions, "standIns" | "show">>;

async function verifyBefore(reference: VerifyOptions, running: Running): Promise<Verification> {
  const found = await known("stack", "the stack's file can be read", running, () => {
    const planned = readPlannedStack(reference);
    return Promise.resolve({ value: planned, found: `It is for ${planned.region}.` });
  });
  if (found.value === undefined) {
    return unknown(found.result, BEFORE, running);
  }
  const { region } = found.value;
  const account = await checkCredentials(new STSClient({ region }));
  running.show(account);
  const subject = { planned: found.value, clients: openClients(region) };
  const results = await runChecks(BEFORE, subject, { ...running, ...closedBy(account) });
  return { results: [found.result, account, ...results], region, standIns: running.standIns };
}

async function verifyDeployed(
  { active, before: _before, ...reference }: VerifyOptions,
  clock: Clock,
  running: Running,
): Promise<Verification> {
  const checks = [...DEPLOYED, ...(active === true ? ACTIVE : [])];
  const found = await known("stack", "the stack is deployed", running, async () => {
    const outputs = await readOutputs(reference);
    return { value: outputs, found: `It is deployed to ${outputs.region}.` };
  });
  if (found.value === undefined) {
    return unknown(found.result, checks, running);
  }
  const { region } = found.value;
  const account = await checkAccount(reference.stack, found.value, new STSClient({ region }));
  running.show(account);
  const subject = { reference, outputs: found.value, clients: openClients(region), clock };
  const results = await runChecks(checks, subject, { ...running, ...closedBy(account) });
  return { results: [found.result, account, ...results], region, standIns: running.standIns };
}

function closedBy({ verdict }: Result): Pick<RunOptions, "closed"> {
  return verdict.status === "ok" ? {} : { closed: NOT_ASKED };
}

/** Reads what all checks rest on, as a check of its own. */
async function known<T>(
  id: string,
  title: string,
  { show }: Running,
  read: () => Promise<{ readonly value: T; readonly found: string }>,
): Promise<{ readonly value?: T; readonly result: Result }> {
  try {
    const { value, found } = await read();
    const result = { id, title, verdict: ok(found) };
    show(result);
    return { value, result };
  } catch (error) {
    const result = { id, title, verdict: refusalVerdict(error) };
    show(result);
    return { result };
  }
}

/** Nothing is known of the stack, so nothing else is asked. */
function unknown(
  first: Result,
  checks: readonly { readonly id: string; readonly title: string }[],
  { standIns }: Running,
): Verification {
  const others = checks.map(({ id, title }) => ({ id, title, verdict: notApplicable(UNKNOWN) }));
  return { results: [first, ...others], standIns };
}

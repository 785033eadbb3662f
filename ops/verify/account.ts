import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

import type { StackOutputs } from "../../contracts/stackOutputs";
import { Failure } from "../failure";
import { requireAccount } from "../stack";
import type { Result } from "./check";
import { refusalVerdict } from "./refusal";
import { failed, ok } from "./verdict";

type Client = Pick<STSClient, "send">;

/** What every other check says where the credentials are not the right ones. */
export const NOT_ASKED = "Not asked: see the check account.";

const TITLE = "the credentials are for the stack's account";
const CREDENTIALS = "Set AWS_PROFILE or the AWS_* variables, or log in again.";

/** Whether the credentials are for the account that a stack was deployed to. */
export async function checkAccount(
  stack: string,
  outputs: Pick<StackOutputs, "accountId">,
  sts: Client,
): Promise<Result> {
  try {
    await requireAccount(stack, outputs, sts);
    return { id: "account", title: TITLE, verdict: ok(`They are for ${outputs.accountId}.`) };
  } catch (error) {
    const verdict =
      error instanceof Failure ? failed(error.message, CREDENTIALS) : refusalVerdict(error);
    return { id: "account", title: TITLE, verdict };
  }
}

/** Whose credentials there are, where no stack says whose they should be. */
export async function checkCredentials(sts: Client): Promise<Result> {
  try {
    const { Account: account } = await sts.send(new GetCallerIdentityCommand({}));
    const verdict = ok(
      `They are for ${account ?? "an unknown account"}: check that it is the right one.`,
    );
    return { id: "account", title: TITLE, verdict };
  } catch (error) {
    return { id: "account", title: TITLE, verdict: refusalVerdict(error) };
  }
}

import { runVerify, type VerifyFlags } from "../verify/verifyCommand";

/** `ops verify`: checks a stack against AWS. */
export async function verify(flags: VerifyFlags): Promise<void> {
  if (!(await runVerify(flags))) {
    process.exitCode = 1;
  }
}

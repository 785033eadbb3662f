import type { STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";

import { accountProblem, requireAccount, unlessNotFound } from "../../components/shared/awsAnswers";

const expected = { region: "us-east-1", accountId: "123456789012" };

/** An STS whose credentials are those of an account. */
function sts(Account: string | undefined): Pick<STSClient, "send"> {
  return { send: () => Promise.resolve({ Account }) };
}

/** An error as the AWS SDK throws it. */
function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

describe("what AWS answers", () => {
  it("is meant for the account that a stack is deployed to", async () => {
    expect(await accountProblem("The endpoint", expected, sts("123456789012"))).to.equal(undefined);
    expect(await accountProblem("The endpoint", expected, sts("999999999999"))).to.equal(
      "The endpoint belongs to account 123456789012, but the AWS SDK's credentials are for account 999999999999. " +
        "The SDK reads AWS_PROFILE and the AWS_* variables only, not Pulumi's aws:profile: set them to the same account.",
    );
    expect(await accountProblem("The endpoint", expected, sts(undefined))).to.contain(
      "for account unknown",
    );
  });

  it("is asked for by nobody with another account's credentials", async () => {
    await requireAccount("The endpoint", expected, sts("123456789012"));
    const refusal = await requireAccount("The endpoint", expected, sts("999999999999")).catch(
      (error: Error) => error.message,
    );
    expect(refusal).to.match(/^The endpoint belongs to account 123456789012, /);
  });

  for (const [service, error] of [
    ["S3's unknown object", awsError("NoSuchKey")],
    ["S3's unknown bucket", awsError("NoSuchBucket")],
    ["SageMaker's unknown model", awsError("ResourceNotFound")],
    ["an unknown resource", awsError("ResourceNotFoundException")],
    [
      "SageMaker's unknown endpoint",
      awsError("ValidationException", 'Could not find endpoint "e".'),
    ],
    [
      "SageMaker's unknown group",
      awsError("ValidationException", "ModelPackageGroup arn does not exist."),
    ],
    ["EMR's unknown step", awsError("InvalidRequestException", "Step id 's-9' is not valid.")],
  ] as const) {
    it(`is undefined for ${service}`, async () => {
      expect(await unlessNotFound(Promise.reject(error))).to.equal(undefined);
    });
  }

  for (const error of [
    awsError("AccessDeniedException", "The role was not found to be allowed."),
    awsError("ValidationException", "1 validation error: the name is not valid."),
    awsError("InvalidRequestException", "The cluster is terminating."),
    awsError("ThrottlingException"),
  ]) {
    it(`is an error for ${error.name}: ${error.message}`, async () => {
      const thrown: unknown = await unlessNotFound(Promise.reject(error)).catch(
        (caught: unknown) => caught,
      );
      expect(thrown).to.equal(error);
    });
  }

  it("is the answer itself otherwise", async () => {
    expect(await unlessNotFound(Promise.resolve(7))).to.equal(7);
  });
});

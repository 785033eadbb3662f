import { expect } from "chai";

import { describeError, Failure } from "../../ops/failure";

class Own extends Error {}

describe("what a command prints of the error that ended it", () => {
  const denied = Object.assign(
    new Error("User: u is not authorized to perform: sagemaker:UpdateModelPackage on resource: x"),
    { name: "AccessDeniedException" },
  );

  it("is one message for what a person can act on", () => {
    expect(describeError(new Failure("Do this."))).to.equal("Do this.");
    expect(describeError(new Own("Do that."), (one) => one instanceof Own)).to.equal("Do that.");
    expect(describeError(denied)).to.equal(
      "AWS does not let you ask: you lack sagemaker:UpdateModelPackage. Allow sagemaker:UpdateModelPackage to whoever " +
        "runs this command, or run it as the deployer.",
    );
  });

  it("has the stack for everything else", () => {
    expect(describeError(new Own("Odd."))).to.match(/^Error: Odd\.\n +at /);
  });
});

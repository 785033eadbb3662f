import { expect } from "chai";

import { whenChecked } from "../../local/demo/whenChecked";

describe("an environment that starts while the workload is checked", () => {
  let stopped: number;
  const environment = {
    stop: () => {
      stopped += 1;
      return Promise.resolve();
    },
  };
  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "no error",
      (error: Error) => error.message,
    );

  beforeEach(() => {
    stopped = 0;
  });

  it("is there when both have ended well", async () => {
    expect(await whenChecked(Promise.resolve("complete"), Promise.resolve(environment))).to.equal(
      environment,
    );
    expect(stopped).to.equal(0);
  });

  it("is stopped when the workload is broken", async () => {
    const late = new Promise<typeof environment>((resolve) => setTimeout(resolve, 5, environment));
    const broken = Promise.reject(new Error("event.schema.json is missing"));
    expect(await messageOf(whenChecked(broken, late))).to.equal("event.schema.json is missing");
    expect(stopped).to.equal(1);
  });

  it("does not hide behind its own failure what is wrong with the workload", async () => {
    const broken = Promise.reject(new Error("event.schema.json is missing"));
    const failed = Promise.reject<typeof environment>(new Error("gateway did not start"));
    expect(await messageOf(whenChecked(broken, failed))).to.equal("event.schema.json is missing");
  });

  it("says why it does not start", async () => {
    const failed = Promise.reject<typeof environment>(new Error("gateway did not start"));
    expect(await messageOf(whenChecked(Promise.resolve(), failed))).to.equal(
      "gateway did not start",
    );
  });
});

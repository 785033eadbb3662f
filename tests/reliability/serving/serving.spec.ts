import { expect } from "chai";
import * as path from "node:path";

import { fuzz } from "./fuzz";
import { beHostile } from "./hostile";
import { askPastGateway } from "./pastGateway";
import { ServedApi } from "./servedApi";

/**
 * The short form of the drills `api-fuzz` and `api-hostile`: gateway, endpoint and model server are
 * those of every local run, the model is the real one before its training.
 */
describe("the prediction API under hostile traffic", function () {
  this.timeout(240_000);
  let served: ServedApi;

  before(async () => {
    served = await ServedApi.start("hostile-test");
  });

  after(async () => {
    await served?.stop();
  });

  it("keeps to its own document whatever is sent", async () => {
    const outcome = await fuzz(served.api, path.join(served.runDirectory, "fuzz"), 250);
    expect(outcome.complaints).to.deep.equal([]);
    expect(outcome.figures.requests).to.be.at.least(250);
  });

  it("answers or refuses at the endpoint what API Gateway may let through", async () => {
    const { complaints } = await askPastGateway(served.runtime, served.prediction);
    expect(complaints).to.deep.equal([]);
  });

  it("answers bodies, keys and clients of every bad kind, and good requests beside them", async () => {
    const { complaints } = await beHostile(served.api, {
      crowd: 500,
      slowClients: 50,
      outwaitSlowClients: false,
    });
    expect(complaints).to.deep.equal([]);
  });
});

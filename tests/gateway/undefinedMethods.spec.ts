import { expect } from "chai";

import { buildOpenApi } from "../../components/api/openApi";
import { inputs } from "../api/openApiInputs";
import { StartedGateway } from "./startedGateway";

describe("methods that the prediction API does not have", () => {
  const gateway = new StartedGateway();

  before(() => gateway.start());
  after(() => gateway.stop());

  it("are 404, as paths are, HEAD and the preflight of a browser among them", async () => {
    const { url } = await gateway.deploy(buildOpenApi(inputs));
    const answers = ["OPTIONS", "HEAD", "PUT"].map(async (method) => {
      const response = await fetch(`${url}/v1/predictions`, { method });
      return [method, response.status, response.headers.get("access-control-allow-origin")];
    });
    expect(await Promise.all(answers)).to.deep.equal([
      ["OPTIONS", 404, null],
      ["HEAD", 404, null],
      ["PUT", 404, null],
    ]);
  });
});

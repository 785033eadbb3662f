import { expect } from "chai";

import { buildOpenApi } from "../../components/api/openApi";
import { inputs } from "../api/openApiInputs";
import { StartedGateway } from "./startedGateway";

// API Gateway has one answer for an unknown path and for a method that a path does not have, HEAD beside GET included:
// MISSING_AUTHENTICATION_TOKEN, 403 unless the document says another status.

describe("methods that the prediction API does not have", () => {
  const gateway = new StartedGateway();

  before(() => gateway.start());
  after(() => gateway.stop());

  for (const [authorization, status] of [
    ["apiKey", 404],
    ["iam", 403],
  ] as const) {
    it(`are ${status} with ${authorization}, as paths are, HEAD and the preflight of a browser among them`, async () => {
      const { url } = await gateway.deploy(buildOpenApi({ ...inputs, authorization }));
      const asked = [
        ["OPTIONS", "/v1/predictions"],
        ["HEAD", "/v1/predictions"],
        ["HEAD", "/v1/model"],
        ["PUT", "/v1/predictions"],
        ["GET", "/v1/other"],
      ];
      const answers = asked.map(async ([method, path]) => {
        const response = await fetch(url + path, { method });
        const { headers } = response;
        return [method, path, response.status, headers.get("access-control-allow-origin")];
      });
      expect(await Promise.all(answers)).to.deep.equal(
        asked.map(([method, path]) => [method, path, status, null]),
      );
    });
  }
});

import { expect } from "chai";

import { petsDocument } from "./petsDocument";
import { StartedGateway } from "./startedGateway";

describe("the role of an integration", () => {
  const gateway = new StartedGateway();

  beforeEach(() => gateway.start());
  afterEach(() => gateway.stop());

  it("makes the call of the service, after API Gateway has assumed it", async () => {
    const api = await gateway.deploy(petsDocument(), { shop: "corner" });
    const { key } = await gateway.admit(api);
    await fetch(`${api.url}/pets`, {
      method: "POST",
      body: '{ "name": "a" }',
      headers: {
        "content-type": "application/json",
        "x-api-key": key,
        "x-shop": "7",
        // Headers of the caller are not passed on.
        authorization: "Credential=local/",
        "x-streaming-ml-taken-by": "ec2.amazonaws.com",
      },
    });
    const [{ headers }] = gateway.service.calls;
    expect(headers.authorization).to.equal(
      "AWS4-HMAC-SHA256 Credential=ROLE.gateway/19700101/us-east-1/sagemaker/aws4_request, " +
        "SignedHeaders=host, Signature=local",
    );
    expect(headers["x-streaming-ml-taken-by"]).to.equal("apigateway.amazonaws.com");
  });
});

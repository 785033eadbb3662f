import { expect } from "chai";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { readPredictionContract } from "../../../contracts/prediction/workloads";
import {
  apiTextPlainCheck,
  apiValidationCheck,
  apiWithKeyCheck,
  apiWithoutKeyCheck,
} from "../../../ops/verify/apiChecks";
import type { DeployedStack } from "../../../ops/verify/check";
import { stackOutputs } from "../../contracts/stackOutputsExample";
import { deployedStack, fakeClients, object } from "./deployedStack";

const KEY = "the-key-of-this-test";

describe("asking the API", () => {
  const { sample } = readPredictionContract("sentiment");
  let server: Server;
  let url: string;
  let seen: { headers: IncomingMessage["headers"]; body: string }[];
  let answer: { status: number; body: object };

  beforeEach(async () => {
    seen = [];
    answer = { status: 200, body: { predictions: [{}] } };
    server = createServer((request, response) => {
      void text(request).then((body) => {
        seen.push({ headers: request.headers, body });
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function stack(
    schemes: object = { apiKey: {} },
    outputs: Partial<DeployedStack["outputs"]> = {},
  ) {
    const document = {
      components: {
        schemas: { PredictionRequest: { properties: { instances: { maxItems: 64 } } } },
        securitySchemes: schemes,
      },
    };
    const clients = fakeClients({
      s3: { GetObject: () => object(JSON.stringify(document)) },
      apiGateway: { GetApiKey: () => ({ value: KEY }) },
    });
    return deployedStack(clients, { api: { ...stackOutputs.api, url }, ...outputs });
  }

  const refuse = (status: number, code: string): void => {
    answer = { status, body: { error: { code, message: "m" } } };
  };

  it("sends no key where it should be refused", async () => {
    refuse(403, "invalid_api_key");
    expect((await apiWithoutKeyCheck.run(stack())).status).to.equal("ok");
    expect(seen[0].headers).not.to.have.property("x-api-key");
    refuse(200, "none");
    expect((await apiWithoutKeyCheck.run(stack())).status).to.equal("failed");
  });

  it("sends the key and what the health check asks, and expects no_model without an endpoint", async () => {
    refuse(503, "no_model");
    const verdict = await apiWithKeyCheck.run(stack());
    expect(verdict).to.deep.equal({
      status: "ok",
      found: "A request with the key: 503 no_model.",
    });
    expect(seen[0].headers["x-api-key"]).to.equal(KEY);
    expect(JSON.parse(seen[0].body)).to.deep.equal({ instances: [sample] });
  });

  it("expects an answer once an endpoint serves", async () => {
    const endpoint = { name: "e", variantName: "v", modelPackageArn: "arn" };
    expect((await apiWithKeyCheck.run(stack(undefined, { endpoint }))).status).to.equal("ok");
    refuse(503, "no_model");
    expect((await apiWithKeyCheck.run(stack(undefined, { endpoint }))).status).to.equal("failed");
  });

  it("sends text where it should be refused", async () => {
    refuse(415, "unsupported_media_type");
    expect((await apiTextPlainCheck.run(stack())).status).to.equal("ok");
    expect(seen[0].headers["content-type"]).to.equal("text/plain");
  });

  it("sends none, one more than the document allows, and a field that no instance has", async () => {
    refuse(400, "invalid_request");
    const verdict = await apiValidationCheck.run(stack());
    expect(verdict.status).to.equal("ok");
    expect(verdict.found).to.contain("65 instances: 400 invalid_request");
    const sent = seen.map(({ body }) => (JSON.parse(body) as { instances: object[] }).instances);
    expect(sent.map(({ length }) => length)).to.deep.equal([0, 65, 1]);
    expect(sent[2]).to.deep.equal([{ ...sample, no_field_of_this_model: 1 }]);
  });

  it("sends nothing where requests have to be signed", async () => {
    for (const check of [apiWithKeyCheck, apiTextPlainCheck, apiValidationCheck]) {
      const verdict = await check.run(stack({ apiKey: {}, signature: {} }));
      expect(verdict.status, check.id).to.equal("not applicable");
    }
    expect(seen).to.deep.equal([]);
  });
});

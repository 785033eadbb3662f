import { expect } from "chai";

import { apiConfigSchema } from "../../components/api/config";
import { problems } from "../shared/stackConfig";

describe("the configuration of calls from browsers", () => {
  const cors = (config: unknown) => problems("dev", { "api.cors": config });

  it("is absent unless written, and has its own defaults then", () => {
    expect(apiConfigSchema.parse({})).to.not.have.property("cors");
    expect(apiConfigSchema.parse({ cors: { origins: ["*"] } }).cors).to.deep.equal({
      origins: ["*"],
      headers: [],
      maxAgeSeconds: 600,
    });
  });

  it("reports every problem at once, each with its path", () => {
    const found = cors({
      origins: ["https://a.example/", "*", 7, "https://b.example"],
      headers: ["x-api-key"],
      maxAgeSeconds: 86401,
      credentials: true,
    });
    // What a list holds is judged as soon as all of it is text.
    expect(found).to.deep.equal([
      "api.cors.origins[2] must be an origin, like https://app.example.com. Received: 7.",
      'api.cors.headers[0] is allowed already: remove it. Received: "x-api-key".',
      "api.cors.maxAgeSeconds must be an integer from 0 to 86400. Lower it. Received: 86401.",
      "api.cors has unknown keys: credentials. Remove them or correct their spelling.",
    ]);
    expect(cors({ origins: ["https://a.example/", "*"], headers: ["*"] })).to.deep.equal([
      'api.cors.origins must be ["*"] or name origins: beside "*" the others say nothing. Remove it, or them. ' +
        'Received: ["https://a.example/","*"].',
      "api.cors.origins[0] must be an origin as browsers send it, like https://app.example.com: http:// or https://, " +
        "the host in lower case, a port only if it is not the scheme's own, and nothing after that. Write " +
        'https://a.example. Received: "https://a.example/".',
      'api.cors.headers[0] must be the name of a request header, of letters, digits, "-" and "_", like traceparent. ' +
        'Name each header. Received: "*".',
    ]);
  });

  it("names an origin at least", () => {
    expect(cors({})).to.deep.equal([
      "api.cors.origins is missing: set it to a list, each element a text.",
    ]);
    expect(cors({ origins: [] })).to.deep.equal([
      "api.cors.origins must name an origin at least. Without browsers, leave cors out. Received: [].",
    ]);
  });

  it("asks the firewall to let a preflight through with each call", () => {
    const found = (requests: number) =>
      problems("prod", {
        "api.cors": { origins: ["*"] },
        "api.waf.requestsPerFiveMinutes": requests,
      });
    // prod admits 100 requests a second and a burst of 200: 300 s x 100 + 200, twice.
    expect(found(60399)).to.deep.equal([
      "api.waf.requestsPerFiveMinutes must be at least 60400, which is what throttle admits in five minutes (100 a " +
        "second for 300 seconds and a burst of 200), and a preflight of a browser for each: with less, the firewall " +
        "blocks clients behind one address that the stage would serve. Raise it, or lower throttle. Received: 60399.",
    ]);
    expect(found(60400)).to.deep.equal([]);
  });
});

import { expect } from "chai";

import type { OpenApiDocument } from "../../components/api/document";
import { violations } from "../../policy/rules";
import { plannedResources } from "../policy/plannedResources";
import { planStack, planToCompare, stackConfig, STACKS } from "../shared/plannedStacks";
import { find, type Registered } from "../shared/pulumiMocks";

// These tests prove the inputs the program sends; not that AWS accepts them.

const REST_API = "aws:apigateway/restApi:RestApi";

function document(plan: readonly Registered[]): OpenApiDocument {
  return JSON.parse(find(plan, REST_API, "api").inputs.body as string) as OpenApiDocument;
}

/** Resources by what identifies them; sources of dynamic providers and secrets are not compared. */
function inputsOf(plan: readonly Registered[]): Map<string, string> {
  return new Map(
    plan.map(({ type, name, inputs }) => [
      `${type} ${name}`,
      JSON.stringify({ ...inputs, __provider: undefined, secretString: undefined }),
    ]),
  );
}

/** What a stack configures, with browsers of these origins let in and room for their preflights at the firewall. */
function configWithBrowsers(stack: (typeof STACKS)[number]): ReturnType<typeof stackConfig> {
  const committed = stackConfig(stack);
  const api = committed["streaming-ml:api"] as { waf?: object };
  const waf = api.waf && { waf: { requestsPerFiveMinutes: 60400 } };
  const origins = ["https://app.example.com", "http://localhost:3000"];
  return { ...committed, "streaming-ml:api": { ...api, ...waf, cors: { origins } } };
}

describe("the three stacks with browsers let in", function () {
  this.timeout(180_000);

  it("differ by the API's document and its firewall's rate alone", async () => {
    const before = inputsOf(await planToCompare("prod"));
    const after = inputsOf(await planToCompare("prod", configWithBrowsers("prod")));
    expect([...after.keys()]).to.have.members([...before.keys()]);
    const changed = [...after.keys()].filter((key) => after.get(key) !== before.get(key));
    expect(changed).to.have.members([
      "aws:apigateway/deployment:Deployment api",
      `${REST_API} api`,
      "aws:s3/bucketObjectv2:BucketObjectv2 api-document",
      "aws:wafv2/webAcl:WebAcl api-firewall",
    ]);
  });

  for (const stack of STACKS) {
    it(`answer preflights in ${stack}, and break no rule`, async () => {
      expect(JSON.stringify(document(await planStack(stack)))).to.not.match(
        /access-control|"options"/i,
      );
      const plan = await planStack(stack, configWithBrowsers(stack));
      expect(Object.values(document(plan).paths).map((item) => Object.keys(item))).to.deep.equal([
        ["post", "options"],
        ["get", "options"],
        ["get", "options"],
      ]);
      const found = violations(plannedResources(plan, stack));
      expect(found.map(({ rule, sentence }) => `${rule}: ${sentence}`)).to.deep.equal([]);
    });
  }
});

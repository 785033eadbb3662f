import { expect } from "chai";

import type { OpenApiDocument } from "../../components/api/document";
import { violations } from "../../policy/rules";
import { plannedResources } from "../policy/plannedResources";
import { planStack, STACKS, stackConfig } from "../shared/plannedStacks";
import { find, type Registered } from "../shared/pulumiMocks";

// These tests prove the inputs the program sends; not that AWS accepts them.

const REST_API = "aws:apigateway/restApi:RestApi";

function document(plan: readonly Registered[]): OpenApiDocument {
  return JSON.parse(find(plan, REST_API, "api").inputs.body as string) as OpenApiDocument;
}

/** Resources by what identifies them; sources of dynamic providers are not compared. */
function inputsOf(plan: readonly Registered[]): Map<string, unknown> {
  return new Map(
    plan.map(({ type, name, inputs: { __provider, ...inputs } }) => [`${type} ${name}`, inputs]),
  );
}

describe("the three stacks with browsers let in", function () {
  this.timeout(60_000);

  for (const stack of STACKS) {
    it(`differ in ${stack} by the API's document alone, and break no rule`, async () => {
      const committed = stackConfig(stack);
      const api = committed["streaming-ml:api"] as { waf?: object };
      const without = await planStack(stack);
      const origins = ["https://app.example.com", "http://localhost:3000"];
      const waf = api.waf && { waf: { requestsPerFiveMinutes: 60400 } };
      const withBrowsers = await planStack(stack, {
        ...committed,
        "streaming-ml:api": { ...api, ...waf, cors: { origins } },
      });
      const before = inputsOf(without);
      const after = inputsOf(withBrowsers);
      expect([...after.keys()]).to.deep.equal([...before.keys()]);
      const changed = [...after.keys()].filter(
        (key) => JSON.stringify(after.get(key)) !== JSON.stringify(before.get(key)),
      );
      expect(changed.sort()).to.deep.equal(
        [
          "aws:apigateway/deployment:Deployment api",
          `${REST_API} api`,
          "aws:s3/bucketObjectv2:BucketObjectv2 api-document",
          ...(waf ? ["aws:wafv2/webAcl:WebAcl api-firewall"] : []),
        ].sort(),
      );
      const { paths } = document(withBrowsers);
      expect(Object.values(paths).map((item) => Object.keys(item))).to.deep.equal([
        ["post", "options"],
        ["get", "options"],
        ["get", "options"],
      ]);
      expect(JSON.stringify(document(without))).to.not.match(/access-control|"options"/i);
      const found = violations(plannedResources(withBrowsers, stack));
      expect(found.map(({ rule, sentence }) => `${rule}: ${sentence}`)).to.deep.equal([]);
    });
  }
});

import { expect } from "chai";
import { invokeFunction } from "../../local/provider/functions";

const place = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const TOKEN = "aws:iam/getPolicyDocument:getPolicyDocument";

describe("planned functions", () => {
  it("renders a policy document", () => {
    const { json } = invokeFunction(
      TOKEN,
      {
        statements: [
          {
            sid: "Read",
            actions: ["s3:GetObject"],
            resources: ["arn:aws:s3:::lake/*"],
            principals: [{ type: "AWS", identifiers: ["arn:aws:iam::1:root"] }],
            conditions: [
              { test: "StringEquals", variable: "a", values: ["1"] },
              { test: "StringEquals", variable: "b", values: ["2"] },
            ],
          },
        ],
      },
      place,
    );
    expect(JSON.parse(json as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::1:root"] },
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::lake/*"],
          Condition: { StringEquals: { a: ["1"], b: ["2"] } },
        },
      ],
    });
  });

  it("refuses to merge policy documents", () => {
    expect(() => invokeFunction(TOKEN, { sourcePolicyDocuments: ["{}"] }, place)).to.throw(
      /does not merge policy documents.*sourcePolicyDocuments/,
    );
  });

  it("knows three zones of any region", () => {
    const zones = invokeFunction(
      "aws:index/getAvailabilityZones:getAvailabilityZones",
      { state: "available" },
      place,
    );
    expect(zones.names).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
  });
});

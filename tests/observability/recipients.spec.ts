import { expect } from "chai";

import { problems } from "../shared/stackConfig";

describe("recipients of alarms", () => {
  const refused = (alarms: object) => problems("prod", { alarms });

  it("have to be named, or be the word none", () => {
    const sentence =
      "alarms.recipients must say who is told when something breaks: a list of email addresses, https:// addresses and " +
      'ARNs of SQS queues or Lambda functions, or the word "none".';
    expect(refused({})).to.deep.equal([sentence]);
    expect(refused({ recipients: [] })).to.have.length(1);
    expect(refused({ recipients: "none" })).to.deep.equal([]);
    expect(refused({ recipients: ["a@example.org"] })).to.deep.equal([]);
  });

  it("have an address that SNS can reach", () => {
    for (const wrong of ["a@b", "http://example.org", "arn:aws:sqs:us-east-1:1:q", "none"]) {
      const [problem] = refused({ recipients: [wrong] });
      expect(problem, wrong)
        .to.match(/^alarms\.recipients/)
        .and.to.contain(wrong);
    }
  });
});

import { expect } from "chai";

import { judgeAnswer, judgePreflights, judgeValidation } from "../../../ops/verify/apiVerdict";
import { judgeDrift } from "../../../ops/verify/driftVerdict";
import { judgeEndpoint } from "../../../ops/verify/endpointVerdict";
import { judgeNotification } from "../../../ops/verify/notificationVerdict";
import { judgeRelease } from "../../../ops/verify/releaseVerdict";
import { judgeStreamLimits } from "../../../ops/verify/streamVerdict";
import type { Verdict } from "../../../ops/verify/verdict";

/** Status and what was found, for one expectation each. */
const said = ({ status, found }: Verdict): string => `${status}: ${found}`;

describe("the verdict on the endpoint", () => {
  const live = { name: "e", status: "InService", modelPackageArn: "arn:2" };

  it("requires it to be in service, with the deployed package and no failed update", () => {
    expect(said(judgeEndpoint(live, "arn:2"))).to.equal(
      "ok: Endpoint e is InService and serves arn:2.",
    );
    expect(said(judgeEndpoint(live, "arn:3"))).to.equal(
      "failed: Endpoint e serves arn:2, not arn:3.",
    );
    expect(said(judgeEndpoint({ ...live, status: "Failed", reason: "ping" }, "arn:2"))).to.equal(
      "failed: Endpoint e is Failed: ping.",
    );
    expect(said(judgeEndpoint({ ...live, reason: "alarm" }, "arn:2"))).to.equal(
      "failed: Endpoint e serves, but its last update failed: alarm.",
    );
  });
});

describe("the verdict on the API", () => {
  it("is about status and code", () => {
    const expected = { status: 415, code: "unsupported_media_type" } as const;
    expect(said(judgeAnswer("Text", expected, expected))).to.equal(
      "ok: Text: 415 unsupported_media_type.",
    );
    expect(said(judgeAnswer("Text", expected, { status: 200 }))).to.equal(
      "failed: Text: 200, expected 415 unsupported_media_type.",
    );
    expect(judgeAnswer("Text", expected, { status: 415 }).status).to.equal("failed");
  });

  it("names every body that was let through", () => {
    const refused = { status: 400, code: "invalid_request" };
    expect(said(judgeValidation([{ what: "none", answer: refused }]))).to.equal(
      "ok: Bodies that break the schema are refused (none: 400 invalid_request).",
    );
    const through = { what: "65", answer: { status: 502, code: "model_error" } };
    expect(judgeValidation([{ what: "none", answer: refused }, through])).to.deep.equal({
      status: "failed",
      found: "Not refused by API Gateway: 65: 502 model_error.",
      todo: "The model refuses them instead: docs/predictions.md, what API Gateway may let through.",
    });
  });

  it("requires each preflight to be answered for its origin, and refusals to be readable", () => {
    const good = {
      origin: "https://a",
      protocol: "HTTP/2",
      status: 204,
      allowedOrigin: "https://a",
    } as const;
    expect(judgePreflights([good, { ...good, allowedOrigin: "*" }], "*").status).to.equal("ok");
    expect(judgePreflights([good], undefined).status).to.equal("failed");
    expect(said(judgePreflights([good, { ...good, origin: "https://b" }], "*"))).to.equal(
      "failed: 1 of 2 preflights are not answered for their origin; that of https://b over HTTP/2: 204, for https://a.",
    );
  });
});

describe("the verdict on notifications and drift", () => {
  it("requires an action that CloudWatch executed", () => {
    expect(
      judgeNotification("a", [{ summary: "Successfully executed action arn:x" }]).status,
    ).to.equal("ok");
    expect(said(judgeNotification("a", [{ summary: "Failed to execute action arn:x" }]))).to.equal(
      "failed: a was set to ALARM and could not notify the topic: Failed to execute action arn:x.",
    );
    expect(said(judgeNotification("a", []))).to.equal(
      "failed: a was set to ALARM and notified nobody within a minute.",
    );
  });

  it("requires no change", () => {
    expect(said(judgeDrift('{"changeSummary":{"same":5,"read":1}}'))).to.equal(
      "ok: A refresh and a preview find nothing to change in 5 resources.",
    );
    const steps = [
      { op: "same", urn: "urn:pulumi:dev::p::t:a::one" },
      { op: "update", urn: "urn:pulumi:dev::p::t:b::two" },
    ];
    expect(
      said(judgeDrift(JSON.stringify({ changeSummary: { same: 1, update: 1 }, steps }))),
    ).to.equal("failed: After a refresh there are changes: 1 to update (t:b two).");
  });
});

describe("the verdict before the first deployment", () => {
  it("requires capacity for the stream, on both sides of the limit", () => {
    const limits = { shardLimit: 10, openShards: 9, onDemandLimit: 2, onDemandStreams: 1 };
    expect(said(judgeStreamLimits({ mode: "provisioned", shardCount: 1 }, limits))).to.equal(
      "ok: 9 of 10 shards are open; the stack needs 1.",
    );
    expect(judgeStreamLimits({ mode: "provisioned", shardCount: 2 }, limits).status).to.equal(
      "failed",
    );
    expect(said(judgeStreamLimits({ mode: "onDemand" }, limits))).to.equal(
      "ok: 1 of 2 on-demand streams are taken; the stack needs one.",
    );
    expect(
      judgeStreamLimits({ mode: "onDemand" }, { ...limits, onDemandStreams: 2 }).status,
    ).to.equal("failed");
  });

  it("requires the release to support every type", () => {
    const supported = [{ type: "m7g.xlarge", virtualCores: 4 }];
    expect(said(judgeRelease("emr-7.14.0", ["m7g.xlarge"], supported))).to.equal(
      "ok: EMR supports m7g.xlarge on emr-7.14.0.",
    );
    expect(said(judgeRelease("emr-7.14.0", ["m7g.xlarge", "m6g.xlarge"], supported))).to.equal(
      "failed: On emr-7.14.0 EMR does not support m6g.xlarge.",
    );
    expect(said(judgeRelease("emr-7.14.0", [], undefined))).to.equal(
      "failed: EMR has no release emr-7.14.0 in this region.",
    );
  });
});

import { expect } from "chai";

import {
  bySpecificity,
  matchPath,
  parsePathPattern,
} from "../../local/gateway/document/pathPattern";

describe("path patterns", () => {
  const match = (pattern: string, path: string): Record<string, string> | undefined =>
    matchPath(parsePathPattern(pattern), path);

  it("matches literals, with or without a slash at the end", () => {
    expect(match("/v1/health", "/v1/health")).to.deep.equal({});
    expect(match("/v1/health", "/v1/health/")).to.deep.equal({});
    expect(match("/", "/")).to.deep.equal({});
    expect(match("/v1/health", "/v1/healthy")).to.equal(undefined);
    expect(match("/v1/health", "/v1")).to.equal(undefined);
    expect(match("/v1", "/v1/health")).to.equal(undefined);
  });

  it("reads parameters, decoded", () => {
    expect(match("/pets/{id}", "/pets/a%20b")).to.deep.equal({ id: "a b" });
    expect(match("/pets/{id}", "/pets/%zz")).to.deep.equal({ id: "%zz" });
    expect(match("/pets/{id}", "/pets/a/b")).to.equal(undefined);
  });

  it("reads the rest of the path", () => {
    expect(match("/files/{rest+}", "/files/a/b")).to.deep.equal({ rest: "a/b" });
    expect(match("/files/{rest+}", "/files")).to.equal(undefined);
  });

  it("prefers the literal, then the parameter, then the rest", () => {
    const sorted = ["/{rest+}", "/a/{id}", "/a/b", "/{x}/b"]
      .map(parsePathPattern)
      .sort(bySpecificity);
    expect(sorted.map(({ template }) => template)).to.deep.equal([
      "/a/b",
      "/a/{id}",
      "/{x}/b",
      "/{rest+}",
    ]);
  });
});

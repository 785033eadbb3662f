import { expect } from "chai";

import { headerProblems, originProblems } from "../../components/api/browserOrigins";

const RULE =
  "must be an origin as browsers send it, like https://app.example.com: http:// or https://, the host in lower case, " +
  "a port only if it is not the scheme's own, and nothing after that. ";

describe("origins of pages", () => {
  it("are accepted as browsers send them", () => {
    for (const origin of [
      "https://app.example.com",
      "https://a_b.example.com:8443",
      "http://localhost:3000",
      "http://127.0.0.1:8080",
      "http://[::1]:3000",
      "https://xn--bcher-kva.example",
      "*",
    ]) {
      expect(originProblems([origin]), origin).to.deep.equal([]);
    }
    expect(originProblems(["https://a.example", "https://b.example"])).to.deep.equal([]);
  });

  for (const [written, meant] of [
    ["https://app.example.com/", "https://app.example.com"],
    ["https://app.example.com/shop?x=1#y", "https://app.example.com"],
    ["https://App.Example.com", "https://app.example.com"],
    ["https://app.example.com:443", "https://app.example.com"],
    ["http://app.example.com:80", "http://app.example.com"],
    ["app.example.com", "https://app.example.com"],
    ["https://me:secret@app.example.com", "https://app.example.com"],
    ["https://bücher.example", "https://xn--bcher-kva.example"],
  ]) {
    it(`says what is meant by ${written}`, () => {
      expect(originProblems([written])).to.deep.equal([
        { index: 0, message: `${RULE}Write ${meant}` },
      ]);
    });
  }

  for (const written of [
    "https://*.example.com",
    "chrome-extension://abcdef",
    "https://",
    "",
    // Hosts to the URL standard, and quotes or templates to API Gateway.
    "https://a'b.example",
    "https://$a.example",
    'https://a".example',
    "https://a.example:99999",
  ]) {
    it(`refuses ${JSON.stringify(written)}`, () => {
      expect(originProblems([written])).to.deep.equal([
        { index: 0, message: `${RULE}Name each origin, or write ["*"]` },
      ]);
    });
  }

  it("are never null, which is everybody's", () => {
    expect(originProblems(["null"])).to.deep.equal([
      {
        index: 0,
        message:
          'must not be "null", which is the origin of local files and of sandboxed frames, whosever they are. Serve ' +
          "the page from an address and write its origin",
      },
    ]);
  });

  it("get all their problems reported at once", () => {
    const list = ["https://a.example", "*", "b", "https://a.example"];
    expect(originProblems(list)).to.deep.equal([
      {
        message:
          'must be ["*"] or name origins: beside "*" the others say nothing. Remove it, or them',
      },
      { index: 2, message: `${RULE}Write https://b` },
      { index: 3, message: "is there twice: remove one" },
    ]);
  });
});

describe("further request headers of pages", () => {
  it("are names, once each, and not those that every page may send", () => {
    const rule =
      'must be the name of a request header, of letters, digits, "-" and "_", like traceparent. Name each header';
    const twice = "is there twice: remove one";
    const allowed = "is allowed already: remove it";
    expect(headerProblems(["traceparent", "X-Request-Id", "sentry_trace"])).to.deep.equal([]);
    expect(
      headerProblems(["*", "a b", "a,b", "it's", "", "X-Api-Key", "content-type", "A", "a"]),
    ).to.deep.equal([
      { index: 0, message: rule },
      { index: 1, message: rule },
      { index: 2, message: rule },
      { index: 3, message: rule },
      { index: 4, message: rule },
      { index: 5, message: allowed },
      { index: 6, message: allowed },
      { index: 8, message: twice },
    ]);
  });
});

import { expect } from "chai";

import { parseOptions } from "../../local/demo/options";

const WORKLOADS = ["films", "rooms"];

describe("demo options", () => {
  const parse = (variables: Record<string, string>) => parseOptions(variables, WORKLOADS);
  const otherwise = { workload: undefined, events: undefined, rate: undefined, keep: false };

  it("replay the complete data set of the stack's workload by default", () => {
    expect(parse({})).to.deep.equal(otherwise);
    expect(parse({ WORKLOAD: "", EVENTS: "", RATE: "", KEEP: "" })).to.deep.equal(otherwise);
  });

  it("take values on the edges of their ranges", () => {
    expect(parse({ WORKLOAD: "rooms", EVENTS: "600", RATE: "1", KEEP: "1" })).to.deep.equal({
      workload: "rooms",
      events: 600,
      rate: 1,
      keep: true,
    });
    expect(parse({ EVENTS: "1000000", RATE: "5000", KEEP: "0" })).to.deep.equal({
      ...otherwise,
      events: 1_000_000,
      rate: 5000,
    });
  });

  it("name every value that is out of range in one message", () => {
    expect(() => parse({ WORKLOAD: "cars", EVENTS: "599", RATE: "5001", KEEP: "yes" })).to.throw(
      "WORKLOAD must be one of films, rooms. Received: cars. Leave it out for the one of Pulumi.local.yaml.\n" +
        "EVENTS must be a whole number of at least 600. Received: 599. Leave it out for all of the data set.\n" +
        "RATE must be a whole number from 1 to 5000. Received: 5001. Leave it out for 1000, or what sends all in a minute.\n" +
        "KEEP must be 1 or left out. Received: yes.",
    );
  });

  it("refuse what is not a whole number", () => {
    expect(() => parse({ EVENTS: "1e3.5" })).to.throw("EVENTS must be a whole number");
    expect(() => parse({ RATE: "12.5" })).to.throw("Received: 12.5");
  });

  it("know the workloads of this repository", () => {
    expect(parseOptions({ WORKLOAD: "sentiment" }).workload).to.equal("sentiment");
  });
});

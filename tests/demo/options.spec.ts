import { expect } from "chai";
import { DATA_SET_EVENTS, parseOptions } from "../../local/demo/options";

describe("demo options", () => {
  it("replays the whole data set at 2,000 records a second unless told otherwise", () => {
    expect(parseOptions({})).to.deep.equal({ events: DATA_SET_EVENTS, rate: 2000, keep: false });
    expect(parseOptions({ EVENTS: "", RATE: "", KEEP: "" })).to.deep.equal(parseOptions({}));
  });

  it("takes values on the edges of their ranges", () => {
    expect(parseOptions({ EVENTS: "600", RATE: "1", KEEP: "1" })).to.deep.equal({
      events: 600,
      rate: 1,
      keep: true,
    });
    expect(parseOptions({ EVENTS: "38158", RATE: "5000", KEEP: "0" })).to.deep.equal({
      events: 38158,
      rate: 5000,
      keep: false,
    });
  });

  it("names every value that is out of range in one message", () => {
    expect(() => parseOptions({ EVENTS: "599", RATE: "5001", KEEP: "yes" })).to.throw(
      "EVENTS must be a whole number from 600 to 38158. Received: 599. Leave it out for 38158.\n" +
        "RATE must be a whole number from 1 to 5000. Received: 5001. Leave it out for 2000.\n" +
        "KEEP must be 1 or left out. Received: yes.",
    );
  });

  it("refuses what is not a whole number", () => {
    expect(() => parseOptions({ EVENTS: "1e3.5" })).to.throw("EVENTS must be a whole number");
    expect(() => parseOptions({ RATE: "12.5" })).to.throw("Received: 12.5");
  });
});

import { expect } from "chai";
import fc from "fast-check";

import { describeProblems, parseRooms, placeProblems } from "../../components/config/loadConfig";
import { rooms, stackConfig } from "../shared/stackConfig";
import { anyJson, nearly } from "./documents";
import { fuzz } from "./executions";

describe("the reader of the configuration", () => {
  for (const stack of ["local", "dev", "prod"]) {
    it(`reports every problem of any value in Pulumi.${stack}.yaml, or has none`, () => {
      const values = nearly(rooms(stack)).filter(
        (value): value is Record<string, unknown> => typeof value === "object" && value !== null,
      );
      fuzz("configuration", 150, values, (raw) => {
        const { problems } = parseRooms(raw, "streaming-ml");
        for (const { path, message } of problems) {
          expect(path).to.match(/^streaming-ml:/);
          expect(message).to.not.equal("");
        }
        const text = describeProblems(problems, stack);
        expect(text.split("\n  - ")).to.have.length(problems.length + 1);
      });
    });
  }

  it("reports every problem of any region and tags", () => {
    const tags = nearly(stackConfig("dev")["aws:defaultTags"]);
    fuzz("configuration", 200, fc.tuple(fc.string(), tags), ([region, defaultTags]) => {
      describeProblems(placeProblems(region, defaultTags), "dev");
    });
    fuzz("configuration", 100, anyJson, (value) => {
      describeProblems(placeProblems("us-east-1", value), "dev");
    });
  });
});

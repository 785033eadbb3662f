import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { lakePlaces, lakePlacesUpTo } from "../../components/lake/versions";

describe("versions of the lake", () => {
  it("leave the first one where it always was", () => {
    expect(lakeConfigSchema.parse({ firstDay: "2026-01-01" }).version).to.equal(1);
    expect(lakePlaces(1)).to.deep.equal({
      eventsPrefix: "events",
      historyPrefix: "history",
      eventsTable: "events",
      historyTable: "history",
    });
  });

  it("give each further one prefixes and tables of its own", () => {
    const second = {
      eventsPrefix: "events-v2",
      historyPrefix: "history-v2",
      eventsTable: "events_v2",
      historyTable: "history_v2",
    };
    expect(lakePlacesUpTo(2)).to.deep.equal([lakePlaces(1), second]);
  });

  it("are whole numbers from 1 to 10", () => {
    const messages = [0, 1.5, 11].map(
      (version) =>
        lakeConfigSchema.safeParse({ firstDay: "2026-01-01", version }).error?.issues[0].path,
    );
    expect(messages).to.deep.equal([["version"], ["version"], ["version"]]);
  });
});

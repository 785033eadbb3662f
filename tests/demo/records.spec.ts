import { expect } from "chai";
import { LabelledText, labels } from "../../local/demo/corpus";
import { damages, Post } from "../../local/demo/damage";
import { buildRecords } from "../../local/demo/records";
import reasons from "../../contracts/quarantine-reasons.json";

const CREATED_AT = "2026-01-02T03:04:05.000Z";

function corpus(size: number): LabelledText[] {
  return Array.from({ length: size }, (_, index) => ({
    text: `post number ${index} with a text that is long enough to be held back`,
    label: labels[index % labels.length],
  }));
}

function countBy<T>(values: readonly T[], key: (value: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  }
  return counts;
}

describe("demo records", () => {
  const { records, heldBack } = buildRecords(corpus(5000), CREATED_AT);

  it("sends every post once and some of the valid ones a second time", () => {
    const firsts = records.filter(({ expected }) => expected !== "duplicate");
    const repeats = records.filter(({ expected }) => expected === "duplicate");
    expect(firsts).to.have.length(5000);
    expect(new Set(firsts.map(({ eventId }) => eventId)).size).to.equal(5000);
    expect(repeats.length).to.be.within(25, 75);
    for (const repeat of repeats) {
      const first = firsts.find(({ eventId }) => eventId === repeat.eventId);
      expect(first?.expected).to.equal("valid");
      expect(repeat.data.equals(first?.data ?? Buffer.alloc(0))).to.equal(true);
      expect(records.indexOf(repeat)).to.be.greaterThan(records.indexOf(first as never));
    }
  });

  it("damages about one post in fifty, in every way it knows", () => {
    const damaged = records.filter(({ expected }) => !["valid", "duplicate"].includes(expected));
    expect(damaged.length).to.be.within(70, 130);
    expect(new Set(damaged.map(({ expected }) => expected))).to.deep.equal(
      new Set(damages.map(({ reason }) => reason)),
    );
  });

  it("holds back four posts of each label, which travel without it", () => {
    expect(countBy(heldBack, ({ expected }) => expected)).to.deep.equal({
      negative: 4,
      neutral: 4,
      positive: 4,
    });
    for (const { text } of heldBack) {
      const [record] = records.filter(({ data }) => data.includes(JSON.stringify(text)));
      expect(JSON.parse(record.data.toString("utf8"))).to.not.have.property("label");
      expect(record.expected).to.equal("valid");
    }
  });

  it("gives the same records on every call", () => {
    expect(buildRecords(corpus(5000), CREATED_AT)).to.deep.equal({ records, heldBack });
  });
});

describe("damages", () => {
  const post: Post = {
    event_id: "post-1",
    user_id: "user-1",
    text: "a text",
    created_at: CREATED_AT,
    label: "neutral",
  };

  it("names only reasons that the contract lists", () => {
    for (const { reason } of damages) {
      expect(reasons).to.have.property(reason);
    }
  });

  it("makes bytes that are wrong in the way they claim", () => {
    const [notUtf8] = damages.filter(({ reason }) => reason === "not_utf8");
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(notUtf8.apply(post))).to.throw();
    for (const { apply } of damages.filter(({ reason }) => reason === "not_json")) {
      expect(() => {
        JSON.parse(apply(post).toString("utf8"));
      }).to.throw(SyntaxError);
    }
    const [future] = damages.filter(({ reason }) => reason === "created_at_in_future");
    expect(JSON.parse(future.apply(post).toString("utf8"))).to.include({
      created_at: "2026-01-05T03:04:05.000Z",
    });
  });
});

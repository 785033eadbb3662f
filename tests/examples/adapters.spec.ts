import { expect } from "chai";
import { spawnSync } from "node:child_process";

import { readEventContract } from "../../contracts/event/workloads";
import { createEventValidator } from "../../contracts/eventValidator";
import { ADAPTERS } from "../../examples/adapters/posts";
import { inRepository } from "../../tools/paths";

const tweet = {
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  id: 1050118621198921728,
  id_str: "1050118621198921728",
  text: "late again &amp; nobody says &lt;why&gt;, &amp;lt;",
  user: { id: 6253282, id_str: "6253282" },
};
const status = {
  id: "1",
  uri: "https://example.social/users/ann/statuses/1",
  created_at: "2026-11-24T10:00:00.000Z",
  account: { id: "7", url: "https://example.social/@ann" },
  content: '<p>Good <a href="x">trains</a></p><p>it&#39;s<br>fine</p>',
};
const commit = {
  did: "did:plc:abc",
  kind: "commit",
  commit: {
    operation: "create",
    collection: "app.bsky.feed.post",
    rkey: "3l3q",
    record: { text: "hello <world>", createdAt: "2026-11-24T10:00:00.000Z" },
  },
};

const EXPECTED = {
  twitter: {
    event_id: "twitter-1050118621198921728",
    user_id: "twitter-6253282",
    text: "late again & nobody says <why>, &lt;",
    created_at: "2018-10-10T20:19:24+00:00",
  },
  mastodon: {
    event_id: "https://example.social/users/ann/statuses/1",
    user_id: "https://example.social/@ann",
    text: "Good trains\nit's\nfine",
    created_at: "2026-11-24T10:00:00.000Z",
  },
  bluesky: {
    event_id: "at://did:plc:abc/app.bsky.feed.post/3l3q",
    user_id: "did:plc:abc",
    text: "hello <world>",
    created_at: "2026-11-24T10:00:00.000Z",
  },
};

describe("examples/adapters", () => {
  const validate = createEventValidator(readEventContract("sentiment").compiled);
  const samples = { twitter: tweet, mastodon: status, bluesky: commit };

  it("has a sample here for each platform", () => {
    expect(Object.keys(samples)).to.deep.equal(Object.keys(ADAPTERS));
  });

  for (const [platform, sample] of Object.entries(samples)) {
    it(`converts a post of ${platform}, which the job refuses, into an event that it accepts`, () => {
      const event = ADAPTERS[platform](sample);
      expect(event).to.deep.equal(EXPECTED[platform as keyof typeof EXPECTED]);
      expect(validate(Buffer.from(JSON.stringify(event)))).to.equal(undefined);
      expect(validate(Buffer.from(JSON.stringify(sample)))?.reason).to.equal("missing_field");
    });
  }

  it("takes the longer text of a tweet, and refuses an invalid time", () => {
    expect(ADAPTERS.twitter({ ...tweet, full_text: "all of it" }).text).to.equal("all of it");
    expect(() => ADAPTERS.twitter({ ...tweet, created_at: "yesterday" })).to.throw(
      "created_at must",
    );
  });

  function run(platform: string, input: string | Buffer) {
    return spawnSync(process.execPath, ["-r", "tsx/cjs", "examples/adapters/main.ts", platform], {
      cwd: inRepository(),
      input,
      encoding: "utf8",
    });
  }

  it("gives a line for a line, and names those it leaves out", () => {
    const {
      status: code,
      stdout,
      stderr,
    } = run("twitter", `${JSON.stringify({ ...tweet, text: "one\u2028line" })}\n\n{}\nno JSON\n`);
    expect(JSON.parse(stdout)).to.include({ text: "one\u2028line" });
    expect(stderr).to.match(
      /^Line 3 was left out: id_str must be a string\.\nLine 4 was left out: .*\n$/,
    );
    expect(code).to.equal(1);
    expect(run("friendster", "").stderr).to.equal(
      'Name a platform: twitter, mastodon, bluesky. Received: "friendster".\n',
    );
  });

  it("makes no event of a text in another encoding, which would pass as a valid one", () => {
    const cafe = JSON.stringify({ ...tweet, text: "caf\u00e9" });
    const mixed = Buffer.concat([Buffer.from(cafe, "latin1"), Buffer.from(`\n${cafe}\n`)]);
    const { status: code, stdout, stderr } = run("twitter", mixed);
    expect(stdout.trimEnd().split("\n").map(textOfEvent)).to.deep.equal(["caf\u00e9"]);
    expect(stderr).to.equal("Line 1 was left out: its bytes are not UTF-8 text.\n");
    expect(code).to.equal(1);
    expect(run("twitter", Buffer.from(`\ufeff${cafe}`, "utf16le")).stderr).to.equal(
      "Standard input is text in UTF-16, not lines of JSON in UTF-8; nothing was sent. " +
        "Send what iconv -f UTF-16 -t UTF-8 makes of it.\n",
    );
  });
});

function textOfEvent(line: string): string {
  return (JSON.parse(line) as { text: string }).text;
}

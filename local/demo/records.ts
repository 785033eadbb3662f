import { createHash } from "node:crypto";
import { Label, LabelledText, labels } from "./corpus";
import { damages, Post } from "./damage";

/** One in fifty posts is damaged: about two per cent. */
const DAMAGED_ONE_IN = 50;
/** One in a hundred posts is sent a second time. */
const REPEATED_ONE_IN = 100;
/** How many records later the second sending follows. */
const REPEAT_DISTANCE = 150;
const HELD_BACK_PER_LABEL = 4;
const USERS = 5000;

/** What the lake must hold for a record: the verdict the replay's audit compares with. */
export type Expected = "valid" | "duplicate" | (string & {});

export interface DemoRecord {
  readonly eventId: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  readonly expected: Expected;
  readonly label?: Label;
}

export interface HeldBackPost {
  readonly text: string;
  readonly expected: Label;
}

export interface DemoRecords {
  readonly records: readonly DemoRecord[];
  /** Posts that travel without their label, so that training cannot have seen it. */
  readonly heldBack: readonly HeldBackPost[];
}

/** Spread evenly and the same on every machine, which a seeded random generator is not. */
function spread(index: number, purpose: string): number {
  return createHash("sha256").update(`${purpose}:${index}`).digest().readUInt32BE(0);
}

/** Unique texts, some of each label, from the end of the corpus's part that is replayed. */
function chooseHeldBack(corpus: readonly LabelledText[]): Set<number> {
  const occurrences = new Map<string, number>();
  for (const { text } of corpus) {
    const key = text.toLowerCase();
    occurrences.set(key, (occurrences.get(key) ?? 0) + 1);
  }
  const chosen = new Set<number>();
  for (const label of labels) {
    const candidates = [...corpus.keys()]
      .filter((index) => corpus[index].label === label)
      .filter((index) => occurrences.get(corpus[index].text.toLowerCase()) === 1)
      .filter((index) => !isDamaged(index) && corpus[index].text.length >= 40)
      .sort((left, right) => spread(left, "held-back") - spread(right, "held-back"));
    candidates.slice(0, HELD_BACK_PER_LABEL).forEach((index) => chosen.add(index));
  }
  return chosen;
}

function isDamaged(index: number): boolean {
  return spread(index, "damage") % DAMAGED_ONE_IN === 0;
}

function postOf(index: number, source: LabelledText, createdAt: string, labelled: boolean): Post {
  return {
    event_id: `post-${String(index).padStart(6, "0")}`,
    user_id: `user-${spread(index, "user") % USERS}`,
    text: source.text,
    created_at: createdAt,
    lang: "en",
    source: "replay",
    ...(labelled ? { label: source.label } : {}),
  };
}

/**
 * Turns the corpus into what a crowd of imperfect producers would put on the stream.
 *
 * @param createdAt RFC 3339 time that every post carries.
 */
export function buildRecords(corpus: readonly LabelledText[], createdAt: string): DemoRecords {
  const heldBack = chooseHeldBack(corpus);
  const records: DemoRecord[] = [];
  const repeats: { readonly at: number; readonly record: DemoRecord }[] = [];
  let damaged = 0;
  const repeatDue = (last: boolean): void => {
    while (repeats.length > 0 && (last || repeats[0].at <= records.length)) {
      records.push((repeats.shift() as { record: DemoRecord }).record);
    }
  };
  corpus.forEach((source, index) => {
    const labelled = !heldBack.has(index);
    const post = postOf(index, source, createdAt, labelled);
    const base = { eventId: post.event_id, partitionKey: post.user_id };
    if (isDamaged(index)) {
      const damage = damages[damaged++ % damages.length];
      records.push({ ...base, data: damage.apply(post), expected: damage.reason });
    } else {
      const data = Buffer.from(JSON.stringify(post), "utf8");
      const label = labelled ? { label: source.label } : {};
      const record: DemoRecord = { ...base, data, expected: "valid", ...label };
      records.push(record);
      if (spread(index, "repeat") % REPEATED_ONE_IN === 0) {
        repeats.push({
          at: records.length + REPEAT_DISTANCE,
          record: { ...record, expected: "duplicate" },
        });
      }
    }
    repeatDue(false);
  });
  repeatDue(true);
  return {
    records,
    heldBack: [...heldBack].map((index) => ({
      text: corpus[index].text,
      expected: corpus[index].label,
    })),
  };
}

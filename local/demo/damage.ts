/** A post as a well-behaved producer sends it. */
export interface Post {
  readonly event_id: string;
  readonly user_id: string;
  readonly text: string;
  readonly created_at: string;
  readonly lang?: string;
  readonly source?: string;
  readonly label?: string;
}

interface Damage {
  /** The reason under which the streaming job must quarantine it. */
  readonly reason: string;
  readonly apply: (post: Post) => Buffer;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), "utf8");
}

function without(post: Post, field: keyof Post): Partial<Post> {
  return Object.fromEntries(Object.entries(post).filter(([name]) => name !== field));
}

function daysAhead(createdAt: string, days: number): string {
  return new Date(Date.parse(createdAt) + days * 86_400_000).toISOString();
}

/** How producers go wrong in practice, each way with the verdict it must get. */
export const damages: readonly Damage[] = [
  { reason: "missing_field", apply: (post) => json(without(post, "user_id")) },
  { reason: "missing_field", apply: (post) => json({ ...post, event_id: null }) },
  {
    reason: "not_utf8",
    apply: (post) => Buffer.concat([json(post).subarray(0, 40), Buffer.from([0xff, 0xfe, 0x80])]),
  },
  { reason: "not_json", apply: (post) => json(post).subarray(0, -7) },
  { reason: "not_json", apply: (post) => Buffer.concat([json(post), Buffer.from(" trailing")]) },
  { reason: "not_an_object", apply: (post) => json([post]) },
  { reason: "wrong_type", apply: (post) => json({ ...post, text: 42 }) },
  { reason: "wrong_type", apply: (post) => json({ ...post, user_id: { id: post.user_id } }) },
  { reason: "text_empty", apply: (post) => json({ ...post, text: "   " }) },
  { reason: "text_too_long", apply: (post) => json({ ...post, text: "word ".repeat(500) }) },
  { reason: "created_at_invalid", apply: (post) => json({ ...post, created_at: "yesterday" }) },
  {
    reason: "created_at_in_future",
    apply: (post) => json({ ...post, created_at: daysAhead(post.created_at, 3) }),
  },
  {
    reason: "created_at_invalid",
    apply: (post) => json({ ...post, created_at: "1582-10-10T00:00:00Z" }),
  },
  { reason: "not_unicode", apply: (post) => json({ ...post, text: `${post.text} \ud83d` }) },
  { reason: "label_unknown", apply: (post) => json({ ...post, label: "meh" }) },
];

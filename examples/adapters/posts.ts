/** A post in the form of the workload `sentiment`, without a label. */
export interface Post {
  readonly event_id: string;
  readonly user_id: string;
  readonly text: string;
  /** RFC 3339. */
  readonly created_at: string;
}

/** Converts one record of a platform into one post. */
export type Adapter = (record: unknown) => Post;

type Fields = Readonly<Record<string, unknown>>;

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const FIRST_TWITTER_TIME =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})$/;

/** Platforms by name. */
export const ADAPTERS: Readonly<Record<string, Adapter>> = {
  /** The first Twitter API: `id_str`, because `id` is more than a double holds. */
  twitter: (record) => {
    const tweet = fields(record, "the tweet");
    return {
      event_id: `twitter-${text(tweet, "id_str")}`,
      user_id: `twitter-${text(fields(tweet.user, "user"), "id_str")}`,
      text: withoutEntities(text(tweet, "full_text" in tweet ? "full_text" : "text")),
      created_at: fromFirstTwitterTime(text(tweet, "created_at")),
    };
  },
  /** A status of Mastodon's API; `uri` names it on every server, `content` is HTML. */
  mastodon: (record) => {
    const status = fields(record, "the status");
    return {
      event_id: text(status, "uri"),
      user_id: text(fields(status.account, "account"), "url"),
      text: withoutEntities(withoutTags(text(status, "content"))),
      created_at: text(status, "created_at"),
    };
  },
  /** A commit of Bluesky's Jetstream that creates a post. */
  bluesky: (record) => {
    const event = fields(record, "the event");
    const commit = fields(event.commit, "commit");
    const post = fields(commit.record, "commit.record");
    const author = text(event, "did");
    return {
      event_id: `at://${author}/${text(commit, "collection")}/${text(commit, "rkey")}`,
      user_id: author,
      text: text(post, "text"),
      created_at: text(post, "createdAt"),
    };
  },
};

function fields(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${name} must be an object`);
  }
  return value as Fields;
}

function text(parent: Fields, name: string): string {
  const value = parent[name];
  if (typeof value !== "string") {
    throw new Error(`${name} must be a string`);
  }
  return value;
}

/** `Wed Oct 10 20:19:24 +0000 2018`. */
function fromFirstTwitterTime(time: string): string {
  const [, month, day, clock, hours, minutes, year] = FIRST_TWITTER_TIME.exec(time) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) {
    throw new Error("created_at must be a time such as Wed Oct 10 20:19:24 +0000 2018");
  }
  return `${year}-${String(number).padStart(2, "0")}-${day}T${clock}${hours}:${minutes}`;
}

function withoutTags(html: string): string {
  return html.replace(/<br\s*\/?>|<\/p>\s*<p[^>]*>/gi, "\n").replace(/<[^>]*>/g, "");
}

/** In one pass, so that `&amp;lt;` becomes `&lt;` and not `<`. */
function withoutEntities(html: string): string {
  const characters: Record<string, string> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    "#39": "'",
    apos: "'",
    nbsp: "\u00a0",
  };
  return html.replace(/&(#39|[a-z]+);/g, (entity, name: string) => characters[name] ?? entity);
}

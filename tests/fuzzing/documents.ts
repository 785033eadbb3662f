import fc from "fast-check";

/** Names that every object of JavaScript has, and others that a reader may look for. */
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "type", "x", "", "\ud800"];

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.constantFrom(2 ** 53, -1, 0.5, 1e300),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(...NAMES),
);

/** Any small value of JSON. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie("value")), {
      maxLength: 3,
    })
    .map(fromEntries),
})).value;

type Holder = Record<string | number, unknown>;

const changes = ["replace", "wrap", "copy", "drop", "add"] as const;

/** The document with up to four of its parts replaced, moved, doubled, left out or joined by others. */
export function nearly(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    place: fc.nat(),
    from: fc.nat(),
    what: fc.constantFrom(...changes),
    name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 4 })),
    value: anyJson,
  });
  return fc.array(change, { maxLength: 4 }).map((all) => {
    const whole: Holder = { document: structuredClone(document) };
    for (const { place, from, what, name, value } of all) {
      const places = [...placesIn(whole)];
      const [holder, key] = places[place % places.length];
      const [other, there] = places[from % places.length];
      const found = holder[key];
      switch (what) {
        case "replace":
          holder[key] = structuredClone(value);
          break;
        case "wrap":
          holder[key] = [found];
          break;
        case "copy":
          holder[key] = structuredClone(other[there]);
          break;
        case "drop":
          if (holder !== whole) {
            delete holder[key];
          }
          break;
        case "add":
          if (isHolder(found)) {
            define(found, name, structuredClone(value));
          }
      }
    }
    return whole.document;
  });
}

function* placesIn(holder: Holder): Generator<[Holder, string | number]> {
  for (const key of Object.keys(holder)) {
    yield [holder, key];
    const inner = holder[key];
    if (isHolder(inner)) {
      yield* placesIn(inner);
    }
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): Holder {
  const object: Holder = {};
  entries.forEach(([name, value]) => define(object, name, value));
  return object;
}

/** As JSON.parse does it: `__proto__` is a name as any other. */
function define(object: Holder, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

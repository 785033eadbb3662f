import { expect } from "chai";

import { compileBodyValidator } from "../../local/gateway/validation/bodyValidator";

const components = {
  schemas: {
    Order: {
      type: "object",
      required: ["items", "name"],
      additionalProperties: false,
      properties: {
        name: { type: "string", minLength: 2, maxLength: 3, pattern: "^[a-zé]*$" },
        size: { enum: ["S", "L"] },
        count: { type: "integer", minimum: 1, maximum: 5 },
        items: {
          type: "array",
          minItems: 1,
          maxItems: 2,
          items: { type: "object", required: ["text"], properties: { text: { type: "string" } } },
        },
        choice: { anyOf: [{ type: "string" }, { type: "boolean" }] },
      },
    },
  },
};

describe("the request validator", () => {
  const validate = compileBodyValidator({ $ref: "#/components/schemas/Order" }, components);
  const check = (value: unknown): string | undefined => validate(JSON.stringify(value));
  const good = { name: "ab", items: [{ text: "x" }] };

  for (const change of [
    {},
    { name: "abc" },
    { name: "éé" },
    { count: 1 },
    { count: 5 },
    { items: [{ text: "" }, { text: "y" }] },
    { choice: true },
  ]) {
    it(`passes ${JSON.stringify(change)}`, () => {
      expect(check({ ...good, ...change })).to.equal(undefined);
    });
  }

  const refused: [string, unknown, string][] = [
    ["a missing property", {}, 'object has missing required properties (["items","name"])'],
    [
      "unknown properties",
      { ...good, b: 1, a: 2 },
      'object instance has properties which are not allowed by the schema: ["a","b"]',
    ],
    [
      "another type",
      [],
      'instance type (array) does not match any allowed primitive type (allowed: ["object"])',
    ],
    [
      "a whole number for a string",
      { ...good, name: 7 },
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    ],
    [
      "a fraction for a whole number",
      { ...good, count: 1.5 },
      'instance type (number) does not match any allowed primitive type (allowed: ["integer"])',
    ],
    [
      "a short text",
      { ...good, name: "a" },
      'string "a" is too short (length: 1, required minimum: 2)',
    ],
    [
      "a long text, counted in code points",
      { ...good, name: "éééé" },
      'string "éééé" is too long (length: 4, maximum allowed: 3)',
    ],
    [
      "a text off the pattern",
      { ...good, name: "A1" },
      'ECMA 262 regex "^[a-zé]*$" does not match input string "A1"',
    ],
    [
      "too few elements",
      { ...good, items: [] },
      "array is too short: must have at least 1 elements but instance has 0 elements",
    ],
    [
      "too many elements",
      { ...good, items: [good, good, good].map(() => ({ text: "x" })) },
      "array is too long: must have at most 2 elements but instance has 3 elements",
    ],
    [
      "a value off the list",
      { ...good, size: "M" },
      'instance value ("M") not found in enum (possible values: ["S","L"])',
    ],
    [
      "a number above the maximum",
      { ...good, count: 6 },
      "numeric instance is greater than the required maximum (maximum: 5, found: 6)",
    ],
    [
      "a number below the minimum",
      { ...good, count: 0 },
      "numeric instance is lower than the required minimum (minimum: 1, found: 0)",
    ],
    [
      "what matches no alternative, once",
      { ...good, choice: 1 },
      "instance failed to match at least one required schema among 2",
    ],
  ];
  for (const [what, value, sentence] of refused) {
    it(`refuses ${what}`, () => {
      expect(check(value)).to.equal(`[${sentence}]`);
    });
  }

  it("reports every violation", () => {
    expect(check({ name: "a", items: [{}, { text: 1 }] })).to.equal(
      '[string "a" is too short (length: 1, required minimum: 2), ' +
        'object has missing required properties (["text"]), ' +
        "instance type (integer) does not match any allowed primitive type " +
        '(allowed: ["string"])]',
    );
  });

  it("treats an empty body as an empty object", () => {
    expect(validate("")).to.equal('[object has missing required properties (["items","name"])]');
  });

  it("refuses text that is not JSON", () => {
    expect(validate("{")).to.equal("[body is not valid JSON]");
  });

  it("cuts a long value in the sentence", () => {
    const sentence = check({ ...good, name: "é".repeat(5000) }) ?? "";
    expect(sentence.length).to.be.lessThan(2100);
    expect(sentence).to.match(/^\[string "é+\.\.\./);
  });

  it("handles a body that is nested a hundred thousand deep", () => {
    expect(validate("[".repeat(100_000) + "]".repeat(100_000))).to.match(
      /^\[instance type \(array\)/,
    );
  });
});

/** A contract of other shapes than a post's: every type, arrays, objects in objects, and names of its own. */
export const SHAPES = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Shapes",
  type: "object",
  "x-max-bytes": 2000,
  required: ["box_id", "site", "levels", "tags", "day"],
  properties: {
    box_id: { type: "string", minLength: 2, maxLength: 8, "x-use": ["identity", "pseudonym"] },
    site: {
      type: "object",
      required: ["number"],
      properties: {
        number: { type: "integer", minimum: 1, maximum: 999, "x-use": ["identity", "slice"] },
        place: {
          type: ["object", "null"],
          required: ["north"],
          properties: {
            north: { type: "number", minimum: -90, maximum: 90 },
            note: { type: ["string", "null"], "x-use": "mask" },
          },
        },
      },
    },
    seen: { type: ["string", "null"], format: "date-time", "x-use": "event-time" },
    day: { type: "string", format: "date-time" },
    levels: { type: "array", minItems: 2, maxItems: 4, items: { type: "number", minimum: 0 } },
    tags: {
      type: "array",
      maxItems: 3,
      items: { type: "string", minLength: 1, maxLength: 5 },
    },
    friends: {
      type: ["array", "null"],
      maxItems: 2,
      items: { type: "integer" },
      "x-use": "pseudonym",
    },
    flags: { type: ["array", "null"], maxItems: 2, items: { type: "boolean" } },
    kind: { type: ["string", "null"], enum: ["round", "flat", null], "x-use": "slice" },
    total: { type: ["integer", "null"] },
    weight: { type: ["number", "null"] },
    odd: { type: ["boolean", "null"], "x-use": "label" },
  },
};

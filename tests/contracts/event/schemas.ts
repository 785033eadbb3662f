/** A schema with every type and use, and objects as deep as they may be. */
export const EVERYTHING = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Readings",
  type: "object",
  "x-max-bytes": 10_485_760,
  required: ["reading_id", "device", "levels"],
  properties: {
    reading_id: { type: "string", "x-use": ["identity", "pseudonym"] },
    device: {
      type: "object",
      additionalProperties: false,
      required: ["serial"],
      properties: {
        serial: { type: "integer", minimum: 1, "x-use": ["identity", "slice"] },
        place: {
          type: ["object", "null"],
          required: ["height"],
          properties: { height: { type: "number", minimum: -0.5 } },
        },
        email: { type: ["string", "null"], maxLength: 320, "x-use": "pseudonym" },
      },
    },
    at: { type: ["null", "string"], format: "date-time", "x-use": "event-time" },
    levels: { type: "array", minItems: 2, maxItems: 9, items: { type: "number", maximum: 100 } },
    friend_id: {
      type: ["array", "null"],
      maxItems: 4,
      items: { type: "integer" },
      "x-use": "pseudonym",
    },
    unusual: { type: ["boolean", "null"], "x-use": "label", deprecated: true },
  },
};

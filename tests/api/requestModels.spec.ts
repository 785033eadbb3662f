import AjvDraft04 from "ajv-draft-04";
import { expect } from "chai";

import { buildOpenApi } from "../../components/api/openApi";
import { compilePredictionSchema } from "../../contracts/prediction/compile";
import { type ErrorCode, ERRORS } from "../../contracts/predictionErrors";
import { EVERYTHING, PREDICTION, predictionSchema, side } from "../contracts/prediction/schemas";
import { inputs, post, requestValidator } from "./openApiInputs";

const everything = compilePredictionSchema("w", "f", JSON.stringify(EVERYTHING));

describe("the models requests are checked against", () => {
  it("accept 1 to 64 instances, and refuse fewer and more", () => {
    const validate = requestValidator();
    const request = (count: number) => ({
      instances: Array.from({ length: count }, () => post("good")),
    });
    expect([1, 64].map((count) => validate(request(count)))).to.deep.equal([true, true]);
    expect([0, 65].map((count) => validate(request(count)))).to.deep.equal([false, false]);
    expect(requestValidator(2)(request(3))).to.equal(false);
  });

  it("limit the text as the schema does", () => {
    const validate = requestValidator();
    const maxLength = 2000;
    const request = (length: number) => ({ instances: [post("x".repeat(length))] });
    expect([1, maxLength].map((length) => validate(request(length)))).to.deep.equal([true, true]);
    expect([0, maxLength + 1].map((length) => validate(request(length)))).to.deep.equal([
      false,
      false,
    ]);
  });

  it("say what an instance and a prediction are, field by field", () => {
    const { components } = buildOpenApi({ ...inputs, maxInstances: 2, prediction: everything });
    const schemas = components.schemas as Record<string, object>;
    const bound = 9_007_199_254_740_991;
    expect(schemas.PredictionRequest)
      .to.have.nested.property("properties.instances")
      .that.deep.equals({
        type: "array",
        description: "What the model is asked about, answered in the same order.",
        minItems: 1,
        maxItems: 1,
        items: {
          description: "A thing.",
          type: "object",
          required: ["word", "kind", "count", "level", "known", "items", "pair"],
          additionalProperties: false,
          properties: {
            word: {
              type: "string",
              minLength: 1,
              maxLength: 9,
              title: "Word",
              description: "A word.",
            },
            kind: { type: "string", enum: ["b", "a"] },
            count: { type: "integer", minimum: 0, maximum: bound },
            level: { type: "number", maximum: 1.5 },
            known: { type: "boolean" },
            items: {
              type: "array",
              minItems: 0,
              maxItems: 3,
              items: { type: "integer", minimum: -bound, maximum: 9 },
            },
            pair: {
              type: "array",
              minItems: 2,
              maxItems: 2,
              items: { type: "string", maxLength: 4 },
            },
          },
        },
      });
    expect(schemas.PredictionResponse)
      .to.have.nested.property("properties.predictions")
      .that.deep.equals({
        type: "array",
        description: "One answer for each instance, in the same order.",
        items: {
          description: "What it is.",
          type: "object",
          required: ["label", "place", "score", "sure", "names"],
          properties: {
            label: { type: "string", enum: ["yes", "no"], description: "The answer." },
            place: { type: "integer", minimum: -bound, maximum: bound },
            score: { type: "number", minimum: 0, maximum: 1 },
            sure: { type: "boolean" },
            names: { type: "array", minItems: 2, maxItems: 2, items: { type: "string" } },
          },
        },
      });
  });

  it("take one instance where its arrays may differ in length, and as many as configured where not", () => {
    const items = { type: "array", items: { type: "integer" }, maxItems: 2 };
    const most = (field: object): number[] => {
      const instance = side({ f: field }, { examples: [{ f: [1, 2] }] });
      const schema = JSON.stringify(predictionSchema(instance, PREDICTION));
      const validate = requestValidator(3, compilePredictionSchema("w", "f", schema));
      return [1, 2, 3, 4].filter((count) =>
        validate({ instances: Array(count).fill({ f: [1, 2] }) }),
      );
    };
    expect(most({ ...items, minItems: 2 })).to.deep.equal([1, 2, 3]);
    expect(most(items)).to.deep.equal([1]);
  });

  it("take the example of every kind of field, and no other value", () => {
    const validate = requestValidator(64, everything);
    const sample = everything.sample;
    const request = (change: object) => ({ instances: [{ ...sample, ...change }] });
    expect(validate(request({}))).to.equal(true);
    for (const change of [
      { word: "" },
      { word: "0123456789" },
      { kind: "c" },
      { count: -1 },
      { count: 0.5 },
      { count: 2 ** 53 + 2 },
      { level: 2 },
      { level: "1" },
      { known: 1 },
      { items: [1, 2, 3, 4] },
      { items: [10] },
      { items: [null] },
      { pair: ["x"] },
      { pair: ["x", "y", "z"] },
      { pair: ["x", "abcde"] },
    ]) {
      expect(validate(request(change)), JSON.stringify(change)).to.equal(false);
    }
  });

  it("refuse missing, misspelt and additional members", () => {
    const validate = requestValidator();
    for (const body of [
      {},
      [],
      "text",
      { instances: "good" },
      { instances: ["good"] },
      { instances: [post(1)] },
      { instances: [post(null)] },
      { instances: [{ text: "good", lang: "en" }] },
      { instances: [post("good")], signature_name: "other" },
    ]) {
      expect(validate(body), JSON.stringify(body)).to.equal(false);
    }
  });

  it("have names API Gateway accepts and nothing newer than draft 4", () => {
    const { components } = buildOpenApi({ ...inputs, prediction: everything });
    const schemas = components.schemas as Record<string, object>;
    const ajv = new AjvDraft04({ strict: false });
    ajv.addSchema({ id: "document", components });
    for (const name of Object.keys(schemas)) {
      expect(name).to.match(/^[a-zA-Z0-9]+$/);
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).to.not.throw();
    }
    expect(JSON.stringify(schemas)).to.not.match(/"(const|if|oneOf|nullable|examples?|pattern)":/);
  });
});

describe("the gateway's own answers", () => {
  const responses = (authorization: "apiKey" | "iam" = "apiKey") =>
    buildOpenApi({ ...inputs, authorization })["x-amazon-apigateway-gateway-responses"] as Record<
      string,
      { statusCode?: string; responseTemplates: Record<string, string> }
    >;

  it("are JSON with a known code once the context is filled in", () => {
    for (const [type, { statusCode, responseTemplates }] of Object.entries(responses())) {
      const filled = responseTemplates["application/json"]
        .replaceAll("$context.error.messageString", '"message"')
        .replaceAll("$context.error.validationErrorString", "problems");
      const { error } = JSON.parse(filled) as { error: { code: ErrorCode; message: string } };
      expect(ERRORS, type).to.have.property(error.code);
      if (statusCode !== undefined) {
        expect(statusCode, type).to.equal(String(ERRORS[error.code].status));
      }
    }
  });

  it("say what was wrong with a body, and keep the status of what is not listed", () => {
    const answers = responses();
    expect(answers.BAD_REQUEST_BODY).to.deep.equal({
      statusCode: "400",
      responseTemplates: {
        "application/json":
          '{"error":{"code":"invalid_request","message":"$context.error.validationErrorString"}}',
      },
    });
    expect(answers.DEFAULT_4XX).to.not.have.property("statusCode");
    expect(answers.DEFAULT_5XX).to.not.have.property("statusCode");
  });

  it("distinguish an unknown path from a missing signature as far as API Gateway allows", () => {
    expect(responses().MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("404");
    expect(responses("iam").MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("403");
  });
});

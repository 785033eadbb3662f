import AjvDraft04 from "ajv-draft-04";
import { expect } from "chai";

import { ERRORS, type ErrorCode } from "../../components/api/errorBodies";
import { buildOpenApi } from "../../components/api/openApi";
import { compileEventSchema } from "../../contracts/event/compile";
import { inputs, post, requestValidator } from "./openApiInputs";

describe("the models requests are checked against", () => {
  it("accept 1 to 64 posts, and refuse fewer and more", () => {
    const validate = requestValidator();
    const request = (count: number) => ({
      instances: Array.from({ length: count }, () => post("good")),
    });
    expect([1, 64].map((count) => validate(request(count)))).to.deep.equal([true, true]);
    expect([0, 65].map((count) => validate(request(count)))).to.deep.equal([false, false]);
    expect(requestValidator(2)(request(3))).to.equal(false);
  });

  it("hold the text to the event contract's limits", () => {
    const validate = requestValidator();
    const maxLength = 2000;
    const request = (length: number) => ({ instances: [post("x".repeat(length))] });
    expect([1, maxLength].map((length) => validate(request(length)))).to.deep.equal([true, true]);
    expect([0, maxLength + 1].map((length) => validate(request(length)))).to.deep.equal([
      false,
      false,
    ]);
  });

  it("say what the events lack when they are none to classify", () => {
    const schemas = (properties: Record<string, object>) => {
      const schema = {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "Things",
        type: "object",
        required: ["id"],
        properties: { id: { type: "integer", "x-use": "identity" }, ...properties },
      };
      const { compiled } = compileEventSchema("things", "f", JSON.stringify(schema));
      return () => buildOpenApi({ ...inputs, contract: compiled });
    };
    const label = { type: ["boolean", "null"], "x-use": "label" };
    const text = { type: ["string", "null"], "x-use": "mask" };
    const lack = (what: string): string =>
      `The prediction API classifies texts, and the events of things have no ${what}. Describe one in ` +
      "workloads/things/event.schema.json.";
    expect(schemas({ label })).to.throw(lack('text with the use "mask"'));
    expect(schemas({ text })).to.throw(lack('field with the use "label"'));
    expect(JSON.stringify(schemas({ label, text })().components)).to.contain('["false","true"]');
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
    const { components } = buildOpenApi(inputs);
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

  it("tell an unknown path from a missing signature as far as API Gateway lets them", () => {
    expect(responses().MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("404");
    expect(responses("iam").MISSING_AUTHENTICATION_TOKEN.statusCode).to.equal("403");
  });
});

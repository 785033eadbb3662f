import { expect } from "chai";
import { request } from "node:http";

import { GatewayResponseError } from "../../local/gateway/execution/exchange";
import { UnsupportedTemplateError } from "../../local/gateway/template/mappingTemplate";
import { compileResponseTemplate } from "../../local/gateway/template/responseTemplate";
import { methodResponses, mockIntegration, petsDocument } from "./petsDocument";
import { StartedGateway } from "./startedGateway";

const get = (name: string, value: string): string =>
  `$input.params().header.get("${name}") == "${value}"`;
const set = (name: string, value: string): string =>
  `#set($context.responseOverride.header.${name} = "${value}")`;

describe("response templates", () => {
  const overrides = (template: string, sent: Record<string, string>): [string, string][] => [
    ...compileResponseTemplate(template).overrides(new Map(Object.entries(sent))),
  ];

  it("set a header if the request has another one", () => {
    const template =
      `#if(${get("Colour", "red")} || ${get("colour", "red")})${set("X-Fruit", "apple")}#end` +
      `#if(${get("Colour", "yellow")})${set("X-Fruit", "a lemon's")}#end`;
    expect(overrides(template, { Colour: "red" })).to.deep.equal([["x-fruit", "apple"]]);
    expect(overrides(template, { colour: "red" })).to.deep.equal([["x-fruit", "apple"]]);
    expect(overrides(template, { Colour: "yellow" })).to.deep.equal([["x-fruit", "a lemon's"]]);
    expect(overrides(template, {})).to.deep.equal([]);
    for (const [name, value] of [
      ["colour", "yellow"],
      ["COLOUR", "red"],
      ["Colour", "redder"],
    ]) {
      expect(overrides(template, { [name]: value }), `${name} ${value}`).to.deep.equal([]);
    }
  });

  it("show what follows as other templates do", () => {
    const template = `#if(${get("a", "b")})${set("c", "d")}#end{"body":$input.json('$')}`;
    const compiled = compileResponseTemplate(template);
    expect(compiled.text({ body: "[ 1 ]", requestId: "" })).to.equal('{"body":[1]}');
    expect([...compileResponseTemplate("{}").overrides(new Map([["a", "b"]]))]).to.deep.equal([]);
  });

  it("fail a request for which they set a header twice", () => {
    const template =
      `#if(${get("a", "1")})${set("x", "1")}#end` + `#if(${get("b", "2")})${set("X", "2")}#end`;
    expect(overrides(template, { b: "2" })).to.deep.equal([["x", "2"]]);
    try {
      overrides(template, { a: "1", b: "2" });
      expect.fail("was rendered");
    } catch (error) {
      expect(error).to.be.instanceOf(GatewayResponseError);
      const { responseType, detail } = error as GatewayResponseError;
      expect([responseType, detail]).to.deep.equal([
        "API_CONFIGURATION_ERROR",
        "The response template overrides the header x twice.",
      ]);
    }
  });

  for (const template of [
    `#if(${get("a", "b")} && ${get("c", "d")})${set("x", "1")}#end`,
    `#if($input.params("a") == "b")${set("x", "1")}#end`,
    `#if(${get("a", "b")})${set("x", "$input.body")}#end`,
    `#if(${get("a", "b")})${set("x", "1")}#else${set("x", "2")}#end`,
    `#if(${get("a", "b")})#set($context.responseOverride.status = "403")#end`,
    `#if(${get("a", "b")})#set($x = "1")#end`,
    set("x", "1"),
    `{}#if(${get("a", "b")})${set("x", "1")}#end`,
  ]) {
    it(`refuse ${template}`, () => {
      expect(() => compileResponseTemplate(template)).to.throw(UnsupportedTemplateError);
    });
  }
});

describe("a stage with a response template", () => {
  const gateway = new StartedGateway();

  before(() => gateway.start());
  after(() => gateway.stop());

  it("distinguishes how a caller wrote a header's name, and prefers the template to the mapping", async () => {
    const { url } = await gateway.deploy(
      petsDocument({
        paths: {
          "/fruit": {
            get: {
              responses: methodResponses(200, ["X-Fruit"]),
              "x-amazon-apigateway-integration": {
                ...mockIntegration(200),
                responses: {
                  default: {
                    statusCode: "200",
                    responseParameters: { "method.response.header.X-Fruit": "'pear'" },
                    responseTemplates: {
                      "application/json": `#if(${get("Colour", "red")})${set("X-Fruit", "apple")}#end`,
                    },
                  },
                },
              },
            },
          },
        },
      }),
    );
    const fruit = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${url}/fruit`, { headers }, (response) => {
          response.resume();
          resolve(response.headers["x-fruit"]);
        })
          .on("error", reject)
          .end();
      });
    const answered = await Promise.all([
      fruit({ Colour: "red" }),
      fruit({ colour: "red" }),
      fruit({ Colour: "green" }),
    ]);
    expect(answered).to.deep.equal(["apple", "pear", "pear"]);
  });
});

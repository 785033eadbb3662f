import { expect } from "chai";

import {
  compileTemplate,
  TemplateInputError,
  UnsupportedTemplateError,
} from "../../local/gateway/template/mappingTemplate";

const values = {
  body: '{ "a": 1 }',
  requestId: "id-1",
  error: {
    responseType: "BAD_REQUEST_BODY",
    message: "Invalid request body",
    validationErrorString: '[object has missing required properties (["a"])]',
  },
};

describe("mapping templates", () => {
  const render = (template: string): string => compileTemplate(template)(values);

  it("keeps fixed text, with dollar signs and number signs in it", () => {
    expect(render('{"price":"5 $","rank":"#1 & #top","at":"a@b.c"}')).to.equal(
      '{"price":"5 $","rank":"#1 & #top","at":"a@b.c"}',
    );
  });

  it("shows the body unchanged and as JSON", () => {
    expect(render("$input.body")).to.equal('{ "a": 1 }');
    expect(render(`{"in":$input.json('$'),"again":$input.json("$")}`)).to.equal(
      '{"in":{"a":1},"again":{"a":1}}',
    );
  });

  it("treats an empty body as an empty object", () => {
    expect(compileTemplate("$input.json('$')")({ body: " ", requestId: "" })).to.equal("{}");
  });

  it("refuses to show a body as JSON that is not JSON", () => {
    expect(() => compileTemplate("$input.json('$')")({ body: "{", requestId: "" })).to.throw(
      TemplateInputError,
      "Could not parse request body into json",
    );
  });

  it("shows the error quoted, unquoted and escaped", () => {
    expect(render("$context.error.messageString")).to.equal('"Invalid request body"');
    expect(render("$context.error.message")).to.equal("Invalid request body");
    expect(render('"$context.error.validationErrorString"')).to.equal(
      '"[object has missing required properties ([\\"a\\"])]"',
    );
    expect(render("$context.error.responseType")).to.equal("BAD_REQUEST_BODY");
  });

  it("shows nothing where there is no error", () => {
    const none = { body: "", requestId: "id-1" };
    expect(compileTemplate("<$context.error.validationErrorString>")(none)).to.equal("<>");
  });

  it("knows the formal notation of references, and braces around them", () => {
    expect(render("${context.requestId}! {$context.requestId} $!{context.requestId}")).to.equal(
      "id-1! {id-1} id-1",
    );
  });

  for (const template of [
    "$input.path('$.a')",
    "$input.json('$.a')",
    "$util.escapeJavaScript($input.body)",
    "$context.identity.sourceIp",
    "$stageVariables.x",
    "$context.requestId.length()",
    "${context.requestId",
  ]) {
    it(`refuses ${template} and names it`, () => {
      const named = template.replace("($input.body)", "");
      expect(() => compileTemplate(`{"a":${template}`)).to.throw(
        UnsupportedTemplateError,
        `The template expression ${named}`,
      );
    });
  }

  for (const directive of [
    "#set($a = 1)",
    "#if(true)x#end",
    "#foreach($a in $b)",
    "## note",
    "#* x *#",
  ]) {
    it(`refuses the directive ${directive}`, () => {
      expect(() => compileTemplate(directive)).to.throw(
        UnsupportedTemplateError,
        "The template directive #",
      );
    });
  }
});

/** Values that a template may refer to. */
export interface TemplateValues {
  /** Body of the request, or in a response template that of the integration's response. */
  readonly body: string;
  readonly requestId: string;
  readonly error?: GatewayError;
}

/** The error of a gateway response. */
export interface GatewayError {
  readonly responseType: string;
  readonly message: string;
  /** Violations that the request validator found; only after a validation. */
  readonly validationErrorString?: string;
}

export type MappingTemplate = (values: TemplateValues) => string;

/** `$input.json('$')` was applied to a body that is not JSON. */
export class TemplateInputError extends Error {}

/** A template contains something that this gateway does not evaluate; the message names it. */
export class UnsupportedTemplateError extends Error {}

const REFERENCES: Record<string, MappingTemplate> = {
  "input.body": ({ body }) => body,
  "input.json('$')": ({ body }) => jsonText(body),
  'input.json("$")': ({ body }) => jsonText(body),
  "context.requestId": ({ requestId }) => requestId,
  "context.error.responseType": ({ error }) => error?.responseType ?? "",
  "context.error.message": ({ error }) => error?.message ?? "",
  // The documentation calls it "the quoted value of $context.error.message".
  "context.error.messageString": ({ error }) => JSON.stringify(error?.message ?? ""),
  // Escaped for JSON and without quotes: AWS's own examples put quotes around it.
  "context.error.validationErrorString": ({ error }) =>
    JSON.stringify(error?.validationErrorString ?? "").slice(1, -1),
};

const REFERENCE =
  /\$!?(\{)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\((?:'[^']*'|"[^"]*"|[^()]*)\))?)(\})?/g;
const DIRECTIVE =
  /#(?:\{?(?:set|if|elseif|else|end|foreach|macro|parse|include|evaluate|define|stop|break)\b|#|\*|\[\[)/;

/**
 * Compiles those expressions of the Velocity Template Language that need no logic:
 * `$input.body`, `$input.json('$')`, `$context.requestId` and `$context.error.*`.
 *
 * @throws UnsupportedTemplateError that names the first other expression
 */
export function compileTemplate(template: string): MappingTemplate {
  const directive = DIRECTIVE.exec(template);
  if (directive) {
    throw new UnsupportedTemplateError(
      `The template directive ${directive[0]} is not evaluated here; templates may only use ` +
        `${supported()}.`,
    );
  }
  const parts: MappingTemplate[] = [];
  let position = 0;
  for (const match of template.matchAll(REFERENCE)) {
    const [whole, open, name, close] = match;
    const reference = Object.hasOwn(REFERENCES, name) ? REFERENCES[name] : undefined;
    if (reference === undefined || (open !== undefined && close === undefined)) {
      throw new UnsupportedTemplateError(
        `The template expression ${whole} is not evaluated here; templates may only use ` +
          `${supported()}.`,
      );
    }
    parts.push(fixed(template.slice(position, match.index)), reference);
    position = match.index + whole.length;
    if (open === undefined && close !== undefined) {
      position -= 1; // the brace belongs to the text: {"id":$context.requestId}
    }
  }
  parts.push(fixed(template.slice(position)));
  return (values) => parts.map((part) => part(values)).join("");
}

function fixed(text: string): MappingTemplate {
  return () => text;
}

function supported(): string {
  const names = Object.keys(REFERENCES).filter((name) => !name.includes('"'));
  return names.map((name) => `$${name}`).join(", ");
}

function jsonText(body: string): string {
  if (body.trim() === "") {
    return "{}";
  }
  try {
    return JSON.stringify(JSON.parse(body));
  } catch (error) {
    throw new TemplateInputError(`Could not parse request body into json: ${String(error)}`);
  }
}

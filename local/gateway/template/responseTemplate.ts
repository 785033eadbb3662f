import { GatewayResponseError } from "../execution/exchange";
import { compileTemplate, type MappingTemplate } from "./mappingTemplate";

/** A template for the response of an integration. */
export interface ResponseTemplate {
  /**
   * Headers that the template sets, by lower-case name; they take precedence over mapped ones.
   *
   * @param sent headers of the caller's request by their names as sent: API Gateway tells upper and lower case apart
   * @throws GatewayResponseError if it sets one twice
   */
  readonly overrides: (sent: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
  readonly text: MappingTemplate;
}

/** Sets a header if one of the comparisons holds. */
interface Override {
  readonly header: string;
  readonly value: string;
  readonly comparisons: readonly { readonly header: string; readonly value: string }[];
}

const LITERAL = String.raw`"([^"$#\\]*)"`;
const COMPARISON = String.raw`\$input\.params\(\)\.header\.get\("([\w-]+)"\) == ${LITERAL}`;
const ANY_COMPARISON = COMPARISON.replaceAll(/\((?=\[)/g, "(?:");
const OVERRIDE = new RegExp(
  String.raw`^#if\((${ANY_COMPARISON}(?: \|\| ${ANY_COMPARISON})*)\)` +
    String.raw`#set\(\$context\.responseOverride\.header\.([\w-]+) = ${LITERAL}\)#end`,
);

/**
 * Compiles a template as {@link compileTemplate} does. It may begin with headers that depend on the request's: of the
 * Velocity Template Language's logic, `#if(...)#set($context.responseOverride.header.NAME = "VALUE")#end`, where `...`
 * are comparisons `$input.params().header.get("NAME") == "VALUE"` with `||` between them.
 *
 * @throws UnsupportedTemplateError that names the first other expression
 */
export function compileResponseTemplate(template: string): ResponseTemplate {
  const rules: Override[] = [];
  let rest = template;
  for (let match = OVERRIDE.exec(rest); match !== null; match = OVERRIDE.exec(rest)) {
    const [whole, condition, header, value] = match;
    const comparisons = [...condition.matchAll(new RegExp(COMPARISON, "g"))];
    rules.push({
      header: header.toLowerCase(),
      value,
      comparisons: comparisons.map(([, name, text]) => ({ header: name, value: text })),
    });
    rest = rest.slice(whole.length);
  }
  return { overrides: (sent) => apply(rules, sent), text: compileTemplate(rest) };
}

function apply(rules: readonly Override[], sent: ReadonlyMap<string, string>): Map<string, string> {
  const set = new Map<string, string>();
  for (const { header, value, comparisons } of rules) {
    if (!comparisons.some((comparison) => sent.get(comparison.header) === comparison.value)) {
      continue;
    }
    if (set.has(header)) {
      // "Overrides are final", says API Gateway's developer guide: the second override of a header is answered with 5xx.
      throw new GatewayResponseError("API_CONFIGURATION_ERROR", {
        detail: `The response template overrides the header ${header} twice.`,
      });
    }
    set.set(header, value);
  }
  return set;
}

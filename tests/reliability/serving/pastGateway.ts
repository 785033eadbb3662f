import type { Target } from "../../../bench/servingLoad";
import type {
  Instance,
  PredictionContract,
  PredictionField,
} from "../../../contracts/prediction/predictionContract";
import type { Outcome } from "../../../tools/drill/drill";

/** More than the API takes, and no reason for a model to fail. */
const MANY_INSTANCES = 65;
const LONG_TEXT = "x".repeat(100_000);

/**
 * Asks the endpoint what API Gateway may let through: its documentation says that `additionalProperties`, `minItems` and
 * `maxItems` are not checked, and a model must not rest on the limits of its schema. A prediction is right, and so is a
 * refusal of the request; a failure of the model is not.
 *
 * @param runtime where SageMaker Runtime takes predictions
 */
export async function askPastGateway(
  runtime: Target,
  prediction: PredictionContract,
): Promise<Outcome> {
  const bodies = bodiesBeyond(prediction);
  const complaints: string[] = [];
  for (const [what, body] of bodies) {
    const problem = await ask(runtime, body);
    if (problem !== undefined) {
      complaints.push(`${what}: ${problem}`);
    }
  }
  const afterwards = await ask(runtime, { instances: [prediction.sample] }, true);
  return {
    figures: { "requests past the gateway": bodies.length },
    complaints:
      afterwards === undefined
        ? complaints
        : [...complaints, `Afterwards a good request: ${afterwards}`],
  };
}

function bodiesBeyond({
  instance,
  sample,
  variableArrays,
}: PredictionContract): [what: string, body: object][] {
  const instances = (...changed: Instance[]) => ({ instances: changed });
  const many = Array<Instance>(variableArrays ? 1 : MANY_INSTANCES).fill(sample);
  return [
    ["more instances than the API takes", instances(...many)],
    ["no instance", instances()],
    ["no instances at all", {}],
    ["a field more", instances({ ...sample, unknown: 1 })],
    ["a member more", { ...instances(sample), unknown: 1 }],
    ["an instance without a field", instances(sample, {})],
    ...instance.flatMap((field) =>
      valuesBeyond(field, sample[field.name]).map((value): [string, object] => [
        `${field.name}: ${JSON.stringify(value).slice(0, 40)}`,
        instances({ ...sample, [field.name]: value }),
      ]),
    ),
  ];
}

function valuesBeyond(field: PredictionField, value: unknown): unknown[] {
  const scalars: Readonly<Record<PredictionField["type"], readonly unknown[]>> = {
    string: ["", " ", LONG_TEXT, "\0", "\u{1F600}"],
    integer: [Number.MIN_SAFE_INTEGER, -1, 0, Number.MAX_SAFE_INTEGER],
    number: [-1e300, -1, 0, 1e300],
    boolean: [true, false],
  };
  const values = scalars[field.type];
  if (field.maximumItems === undefined) {
    return [...values, null, [value]];
  }
  const [item] = value as readonly unknown[];
  const longer = Array<unknown>(field.maximumItems + 1).fill(item ?? values[0]);
  return [[], longer, null, ...values.map((one) => longer.slice(1).fill(one))];
}

/** Why an answer is not right; undefined for a prediction and, where that is allowed, for a refusal. */
async function ask(runtime: Target, body: object, mustAnswer = false): Promise<string | undefined> {
  const response = await fetch(runtime.url, {
    method: "POST",
    headers: runtime.headers,
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { OriginalStatusCode?: number; Message?: string };
  const isRefused = response.status === 424 && answer.OriginalStatusCode === 400;
  return response.status === 200 || (isRefused && !mustAnswer)
    ? undefined
    : `expected a prediction${mustAnswer ? "" : " or a refusal of the request"}, received ${response.status}: ` +
        `${answer.Message ?? ""}.`;
}

import { ask, readApiKey, readDocument, readSample } from "./apiQuestions";
import { type ApiAnswer, type Expected, judgeAnswer, judgeValidation } from "./apiVerdict";
import type { Check, DeployedStack } from "./check";
import { notApplicable } from "./verdict";

/** A field that no instance has. */
const UNKNOWN_FIELD = "no_field_of_this_model";

const SIGNED = notApplicable(
  "The API wants signed requests (api.authorization: iam), which verify does not send: sign one by hand.",
);

export const apiWithoutKeyCheck: Check<DeployedStack> = {
  id: "api-without-key",
  title: "the API refuses a request without a key",
  withoutCredentials: true,
  async run({ outputs }) {
    const answer = await ask({ url: outputs.api.url, body: '{"instances":[]}' });
    return judgeAnswer("A request without a key", { status: 403 }, answer);
  },
};

export const apiWithKeyCheck: Check<DeployedStack> = {
  id: "api-with-key",
  title: "the API answers a request with the key",
  async run(stack) {
    const { outputs } = stack;
    if ((await readDocument(stack)).signed) {
      return SIGNED;
    }
    const body = JSON.stringify({ instances: [await readSample(stack)] });
    const answer = await ask({ url: outputs.api.url, body, key: await readApiKey(stack) });
    const expected: Expected =
      outputs.endpoint === null ? { status: 503, code: "no_model" } : { status: 200 };
    return judgeAnswer("A request with the key", expected, answer);
  },
};

export const apiTextPlainCheck: Check<DeployedStack> = {
  id: "api-text-plain",
  title: "the API refuses what is not JSON",
  async run(stack) {
    if ((await readDocument(stack)).signed) {
      return SIGNED;
    }
    const body = JSON.stringify({ instances: [await readSample(stack)] });
    const key = await readApiKey(stack);
    const answer = await ask({ url: stack.outputs.api.url, body, key, contentType: "text/plain" });
    const expected: Expected = { status: 415, code: "unsupported_media_type" };
    return judgeAnswer("A request of text/plain", expected, answer);
  },
};

export const apiValidationCheck: Check<DeployedStack> = {
  id: "api-validation",
  title: "API Gateway refuses bodies outside the schema",
  async run(stack) {
    const { maxInstances, signed } = await readDocument(stack);
    if (signed) {
      return SIGNED;
    }
    const sample = await readSample(stack);
    const key = await readApiKey(stack);
    const send = (instances: readonly object[]): Promise<ApiAnswer> =>
      ask({ url: stack.outputs.api.url, body: JSON.stringify({ instances }), key });
    const tooMany = Array.from({ length: maxInstances + 1 }, () => sample);
    return judgeValidation([
      { what: "no instances", answer: await send([]) },
      { what: `${tooMany.length} instances`, answer: await send(tooMany) },
      { what: "an unknown field", answer: await send([{ ...sample, [UNKNOWN_FIELD]: 1 }]) },
    ]);
  },
};

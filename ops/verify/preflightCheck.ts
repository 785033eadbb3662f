import { Agent, request } from "undici";

import { ask } from "./apiQuestions";
import { judgePreflights, type Preflight } from "./apiVerdict";
import type { Check, DeployedStack } from "./check";
import { readPlannedStack } from "./plannedStack";
import { notApplicable } from "./verdict";

/** Stands for the origin of any page where the stack lets all of them call. */
const SOME_ORIGIN = "https://verify.example";

export const preflightCheck: Check<DeployedStack> = {
  id: "api-preflight",
  title: "browsers' preflights are answered for their origins",
  withoutCredentials: true,
  async run({ reference, outputs }) {
    const { cors } = readPlannedStack(reference).api;
    if (cors === undefined) {
      return notApplicable("The stack file lets no page in a browser call the API (api.cors).");
    }
    const origins = cors.origins.map((origin) => (origin === "*" ? SOME_ORIGIN : origin));
    const preflights: Preflight[] = [];
    for (const allowH2 of [false, true]) {
      const dispatcher = new Agent({ allowH2 });
      try {
        for (const origin of origins) {
          preflights.push(await preflight(outputs.api.url, origin, dispatcher, allowH2));
        }
      } finally {
        await dispatcher.close();
      }
    }
    const refused = await ask({ url: outputs.api.url, body: "{}", origin: origins[0] });
    return judgePreflights(preflights, refused.allowedOrigin);
  },
};

async function preflight(
  url: string,
  origin: string,
  dispatcher: Agent,
  allowH2: boolean,
): Promise<Preflight> {
  const { statusCode, headers, body } = await request(`${url}/v1/predictions`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
    dispatcher,
  });
  await body.dump();
  const allowed = headers["access-control-allow-origin"];
  return {
    origin,
    protocol: allowH2 ? "HTTP/2" : "HTTP/1.1",
    status: statusCode,
    allowedOrigin: typeof allowed === "string" ? allowed : undefined,
  };
}

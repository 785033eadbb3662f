import type { DeployedApi } from "../../../bench/servingChain";
import type { Outcome } from "../../../tools/drill/drill";
import { countStatuses, crowd, predictOnce, SlowClients } from "./hostileClients";
import { hostileRequests } from "./hostileRequests";

export interface HostilePlan {
  /** Connections that ask at the same moment. */
  readonly crowd: number;
  readonly slowClients: number;
  /** Wait until the API has cut every slow client off, which takes it half a minute. */
  readonly outwaitSlowClients: boolean;
}

/** Good requests made one after the other while slow clients hold their connections. */
const GOOD_REQUESTS = 200;

/** Everything that ill-meaning and broken clients do, and the good requests that must not notice. */
export async function beHostile(api: DeployedApi, plan: HostilePlan): Promise<Outcome> {
  const parts = [await sendHostileRequests(api), await askAtOnce(api, plan)];
  parts.push(await askBesideSlowClients(api, plan));
  const { status } = await predictOnce(api);
  return {
    figures: Object.assign({}, ...parts.map(({ figures }) => figures)) as Outcome["figures"],
    complaints: [
      ...parts.flatMap(({ complaints }) => complaints),
      ...(status === 200 ? [] : [`Afterwards a good request was answered ${status}, not 200.`]),
    ],
  };
}

async function sendHostileRequests(api: DeployedApi): Promise<Outcome> {
  const complaints: string[] = [];
  for (const { what, send, expected } of hostileRequests) {
    const { status, code } = await send(api);
    const received = code === undefined ? String(status) : `${status} ${code}`;
    if (!expected.includes(received)) {
      complaints.push(`${what}: expected ${expected.join(" or ")}, received ${received}.`);
    }
  }
  return { figures: { "hostile requests": hostileRequests.length }, complaints };
}

async function askAtOnce(api: DeployedApi, plan: HostilePlan): Promise<Outcome> {
  const counts = countStatuses(await crowd(api, plan.crowd));
  const good = counts[200] ?? 0;
  return {
    figures: { "connections at once": plan.crowd, "of them answered 200": good },
    complaints:
      good === plan.crowd
        ? []
        : [
            `${plan.crowd} connections at once: statuses ${JSON.stringify(counts)}, wanted only 200.`,
          ],
  };
}

async function askBesideSlowClients(api: DeployedApi, plan: HostilePlan): Promise<Outcome> {
  const slow = SlowClients.start(api, plan.slowClients);
  try {
    const answers = [];
    for (let count = 0; count < GOOD_REQUESTS; count++) {
      answers.push(await predictOnce(api));
    }
    const good = countStatuses(answers)[200] ?? 0;
    const cutOff = plan.outwaitSlowClients
      ? (countStatuses(await Promise.all(slow.answers))[408] ?? 0)
      : undefined;
    return {
      figures: {
        "slow clients": plan.slowClients,
        "good requests beside them": GOOD_REQUESTS,
        ...(cutOff === undefined ? {} : { "slow clients cut off": cutOff }),
      },
      complaints: [
        ...(good === GOOD_REQUESTS
          ? []
          : [`Beside slow clients ${GOOD_REQUESTS - good} good requests were not answered 200.`]),
        ...(cutOff === undefined || cutOff === plan.slowClients
          ? []
          : [`${plan.slowClients - cutOff} slow clients were not cut off with 408.`]),
      ],
    };
  } finally {
    slow.stop();
  }
}

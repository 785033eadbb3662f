import type { Figure } from "./figure";

interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface HttpSide {
  readonly addedToInProcess: Percentiles;
  readonly batchOf64: Percentiles;
  readonly load: { readonly requestsPerSecond: number; readonly failures: number };
}

/** What `bench/serving.ts` prints. */
export interface ServingResult {
  readonly connections: number;
  readonly sides: {
    readonly inProcess: { readonly oneInstance: Percentiles; readonly batchOf64: Percentiles };
  } & Readonly<Record<"plainServer" | "modelServer" | "runtime" | "api", HttpSide>>;
}

export function servingFigures({ connections, sides }: ServingResult): Figure[] {
  const { api, plainServer, inProcess } = sides;
  const added = api.addedToInProcess;
  return [
    {
      what: "one instance through the API, above the in-process call, p50 / p99",
      value: `${added.p50Ms.toFixed(2)} ms / ${added.p99Ms.toFixed(2)} ms`,
      comparedWith: `in process ${inProcess.oneInstance.p50Ms.toFixed(2)} ms / ${inProcess.oneInstance.p99Ms.toFixed(2)} ms`,
      target: "<= 3 ms / 15 ms",
      met: added.p50Ms <= 3 && added.p99Ms <= 15,
    },
    {
      what: `requests/s through the API, ${connections} connections`,
      value: `${Math.round(api.load.requestsPerSecond)}, ${api.load.failures} failed`,
      comparedWith: `plain unbatched server alone ${Math.round(plainServer.load.requestsPerSecond)}`,
      target: ">= 300",
      met: api.load.requestsPerSecond >= 300 && api.load.failures === 0,
    },
    {
      what: "64 instances through the API, p50",
      value: `${api.batchOf64.p50Ms.toFixed(2)} ms`,
      comparedWith: `in process ${inProcess.batchOf64.p50Ms.toFixed(2)} ms`,
      target: "",
    },
  ];
}

/** What `bench/preview.ts` prints. */
export interface PreviewResult {
  readonly seconds: Readonly<Record<"prod" | "local", number>>;
  readonly resources: Readonly<Record<"prod" | "local", number>>;
}

export function previewFigures({ seconds, resources }: PreviewResult): Figure[] {
  return [
    {
      what: `offline preview of prod, ${resources.prod} resources`,
      value: `${seconds.prod.toFixed(1)} s`,
      comparedWith: `of local, ${resources.local} resources: ${seconds.local.toFixed(1)} s`,
      target: "<= 10 s",
      met: seconds.prod <= 10,
    },
  ];
}

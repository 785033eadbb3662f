import type { Drill } from "./drill";

/** What happens to the endpoint and the API: `tests/reliability/serving`. */
export const servingDrills: Readonly<Record<string, Drill>> = {
  "api-fuzz": apiDrill(
    "The API gets 2,000 requests made from its own OpenAPI document",
    "fuzz",
    600,
  ),
  "api-hostile": apiDrill(
    "Hostile bodies and keys, 500 connections at once, 200 slow clients",
    "hostile",
    300,
  ),
};

/** A drill of `tests/reliability/serving`, in its long form. */
function apiDrill(title: string, name: string, timeoutSeconds: number): Drill {
  return {
    title,
    command: process.execPath,
    arguments: ["-r", "tsx/cjs", "tests/reliability/serving/main.ts", name],
    timeoutSeconds,
  };
}

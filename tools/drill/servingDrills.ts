import type { Drill } from "./drill";

/** What happens to the endpoint and the API: `tests/reliability/serving`. */
export const servingDrills: Readonly<Record<string, Drill>> = {};

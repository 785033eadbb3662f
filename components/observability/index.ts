export { Observability, type ObservabilityArgs } from "./observability";
export type { AlarmsSettings } from "./config";

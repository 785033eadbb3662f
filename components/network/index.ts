export { Network, type NetworkArgs } from "./network";
export type { NetworkSettings } from "./config";

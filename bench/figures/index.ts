export type { Figure } from "./figure";
export * from "./job";
export * from "./model";
export * from "./serving";
export * from "./stream";

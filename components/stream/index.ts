export { EventStream, type EventStreamArgs } from "./eventStream";
export type { StreamSettings } from "./config";

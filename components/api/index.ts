export { PredictionApi, type PredictionApiArgs } from "./predictionApi";
export type { ApiSettings } from "./config";

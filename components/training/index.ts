export { TrainingPipeline, type TrainingPipelineArgs } from "./trainingPipeline";
export type { TrainingSettings } from "./config";
export type { TrainingWorkload } from "./workload";

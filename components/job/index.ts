export { StreamingJob, type StreamingJobArgs } from "./streamingJob";
export { SparkCode, type SparkCodeArgs } from "./sparkCode";
export { CompactionSchedule, type CompactionScheduleArgs } from "./compactionSchedule";
export { trainingSetCommand, type BatchJobArgs } from "./batchJobs";
export { jobCapacity } from "./jobCapacity";
export type { Capacity } from "./capacity";
export type { JobSettings } from "./config";

import type { JobLock } from "../../contracts/jobLock";

/** The lock of a job that reads the stream. */
export const jobLock: JobLock = {
  owner: "b3f1c2d4-0000-4000-8000-000000000001",
  applicationId: "application_1_0002",
  specHash: "0123456789abcdef",
  state: "running",
  batchId: 7,
  completedTriggers: 3,
  heartbeat: "2026-01-02T03:04:05Z",
  reason: null,
};

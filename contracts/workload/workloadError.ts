/** A workload's folder has problems; the message names every problem of every file. */
export class WorkloadError extends Error {}

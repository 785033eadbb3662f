import type { EventContract } from "../../contracts/event/compile";
import type { PredictionContract } from "../../contracts/prediction/predictionContract";
import type { Workload } from "../../contracts/workload/workload";

/** The part of a workload that decides how its model is trained, evaluated and registered. */
export interface TrainingWorkload extends Pick<
  Workload,
  "name" | "title" | "epochs" | "gate" | "metrics"
> {
  /** What a model that is trained now will take and answer. */
  readonly prediction: Pick<PredictionContract, "text" | "sha256" | "fileName" | "variableArrays">;
  /** What it learns from. */
  readonly event: Pick<EventContract, "sha256">;
}

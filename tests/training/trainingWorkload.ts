import type { TrainingWorkload } from "../../components/training/workload";

/** A complete workload; its model is the repository's own, because its code is packed. */
export const trainingWorkload: TrainingWorkload = {
  name: "sentiment",
  title: "Usual and unusual readings",
  epochs: 6,
  gate: { metric: "average_precision", minimum: 0.65 },
  metrics: ["average_precision", "recall_at_10"],
  prediction: {
    text: '{"title":"Readings"}',
    sha256: "fedcba9876543210".repeat(4),
    fileName: "sentiment-prediction-fedcba9876543210.json",
    variableArrays: false,
  },
  event: { sha256: "0123456789abcdef".repeat(4) },
};

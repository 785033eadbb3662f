/** One of AWS's TensorFlow images, as aws/deep-learning-containers lists it in docs/src/data. */
export interface TensorFlowImage {
  readonly python: string;
  /** Tag of the CPU image, for any x86 instance. */
  readonly cpuTag: string;
  /** Last day on which AWS patches the image. */
  readonly patchedUntil: string;
  /** File of the list, below docs/src/data. */
  readonly source: string;
}

/** A training image. */
export interface TrainingImage extends TensorFlowImage {
  /** Tag of the image for instances with an NVIDIA GPU. */
  readonly gpuTag: string;
}

/** Images of the repository `tensorflow-training` by the version of TensorFlow in them, newest first. */
export const TRAINING_IMAGES = {
  "2.21.0": {
    python: "3.12",
    cpuTag: "2.21.0-cpu-py312-amzn2023-sagemaker",
    gpuTag: "2.21.0-gpu-py312-cu129-amzn2023-sagemaker",
    patchedUntil: "2027-07-10",
    source: "tensorflow-training/2.21-cpu-sagemaker.yml",
  },
  "2.19.0": {
    python: "3.12",
    cpuTag: "2.19.0-cpu-py312-ubuntu22.04-sagemaker",
    gpuTag: "2.19.0-gpu-py312-cu125-ubuntu22.04-sagemaker",
    patchedUntil: "2026-03-11",
    source: "tensorflow-training/2.19-cpu-sagemaker.yml",
  },
} satisfies Record<string, TrainingImage>;

/**
 * Images of the repository `tensorflow-inference` by the version of TensorFlow Serving in them, newest first. There is
 * none of 2.21: "TensorFlow Serving 2.20.0 serving TF 2.21-trained SavedModels" (aws/deep-learning-containers, 6243).
 */
export const INFERENCE_IMAGES = {
  "2.20.0": {
    python: "3.12",
    cpuTag: "2.20-cpu-py312-amzn2023-sagemaker-v1",
    patchedUntil: "2027-08-20",
    source: "tensorflow-inference/2.20-cpu-sagemaker.yml",
  },
  "2.19.0": {
    python: "3.12",
    cpuTag: "2.19.0-cpu-py312-ubuntu22.04-sagemaker",
    patchedUntil: "2026-03-11",
    source: "tensorflow-inference/2.19-cpu-sagemaker.yml",
  },
} satisfies Record<string, TensorFlowImage>;

export type TrainingVersion = keyof typeof TRAINING_IMAGES;
export type InferenceVersion = keyof typeof INFERENCE_IMAGES;

/** Default versions for training and serving. */
export const DEFAULT_TRAINING_VERSION: TrainingVersion = "2.21.0";
export const DEFAULT_INFERENCE_VERSION: InferenceVersion = "2.20.0";

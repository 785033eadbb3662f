import { imageRegistry, registryProblem } from "../runtimes/imageRegistries";
import {
  INFERENCE_IMAGES,
  type InferenceVersion,
  TRAINING_IMAGES,
  type TrainingVersion,
} from "../runtimes/tensorflowImages";
import type { TrainingConfig } from "./config";

/** Instance families with an NVIDIA GPU: ml.g4dn, ml.g5, ml.p4d and so on. */
const GPU_INSTANCE = /^ml\.[gp]\d/;

/**
 * AWS's TensorFlow image that trains.
 *
 * @param instanceType what trains; it decides between the CPU and the GPU image
 * @throws Error that lists the known regions when the region is none of them
 */
export function trainingImage(
  region: string,
  version: TrainingVersion,
  instanceType: string,
): string {
  const image = TRAINING_IMAGES[version];
  const tag = GPU_INSTANCE.test(instanceType) ? image.gpuTag : image.cpuTag;
  return `${imageRegistry(region)}/tensorflow-training:${tag}`;
}

/**
 * AWS's TensorFlow Serving image, for instances without a GPU.
 *
 * @throws Error that lists the known regions when the region is none of them
 */
export function inferenceImage(region: string, version: InferenceVersion): string {
  return `${imageRegistry(region)}/tensorflow-inference:${INFERENCE_IMAGES[version].cpuTag}`;
}

/** Why a region does not have the images that a stack asks for; undefined when it does, or the stack names its own. */
export function imageRegionProblem(region: string, training: TrainingConfig): string | undefined {
  const ownImages = training.trainingImage !== undefined && training.inferenceImage !== undefined;
  return ownImages ? undefined : registryProblem(region);
}

/** ARN of the repository an ECR image lies in; undefined when the URI is not ECR's. */
export function repositoryArn(image: string, partition: string): string | undefined {
  const parts = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  return parts === null
    ? undefined
    : `arn:${partition}:ecr:${parts[2]}:${parts[1]}:repository/${parts[3]}`;
}

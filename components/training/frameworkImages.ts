/**
 * Accounts that hold AWS's deep learning images, where they are not {@link MOST_REGIONS}.
 * Source: image_uri_config/tensorflow.json of the SageMaker Python SDK.
 */
const REGISTRIES: Readonly<Record<string, string>> = {
  "af-south-1": "626614931356",
  "ap-east-1": "871362719292",
  "ap-northeast-3": "364406365360",
  "ap-south-2": "772153158452",
  "ap-southeast-3": "907027046896",
  "ap-southeast-4": "457447274322",
  "cn-north-1": "727897471807",
  "cn-northwest-1": "727897471807",
  "eu-central-2": "380420809688",
  "eu-south-1": "692866216735",
  "eu-south-2": "503227376785",
  "me-central-1": "914824155844",
  "me-south-1": "217643126080",
  "us-gov-east-1": "446045086412",
  "us-gov-west-1": "442386744353",
};
const MOST_REGIONS = "763104351884";

/** Instance families with an NVIDIA GPU: ml.g4dn, ml.g5, ml.p4d and so on. */
const GPU_INSTANCE = /^ml\.[gp]\d/;

export interface FrameworkImages {
  readonly training: string;
  readonly inference: string;
}

/**
 * AWS's TensorFlow images for a region.
 *
 * The tags follow the list of available images of the deep learning containers; the Python and
 * system versions in them belong to TensorFlow 2.19. Other versions: configure the images themselves.
 *
 * @param instanceType what trains; it decides between the CPU and the GPU image
 */
export function frameworkImages(
  region: string,
  version: string,
  instanceType: string,
): FrameworkImages {
  const account = REGISTRIES[region] ?? MOST_REGIONS;
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const registry = `${account}.dkr.ecr.${region}.${suffix}`;
  const processor = GPU_INSTANCE.test(instanceType) ? "gpu-py312-cu125" : "cpu-py312";
  return {
    training: `${registry}/tensorflow-training:${version}-${processor}-ubuntu22.04-sagemaker`,
    inference: `${registry}/tensorflow-inference:${version}-cpu-py312-ubuntu22.04-sagemaker`,
  };
}

/** ARN of the repository an ECR image lies in; undefined when the URI is not ECR's. */
export function repositoryArn(image: string, partition: string): string | undefined {
  const parts = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  return parts === null
    ? undefined
    : `arn:${partition}:ecr:${parts[2]}:${parts[1]}:repository/${parts[3]}`;
}

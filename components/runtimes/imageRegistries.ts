/** Account of the AWS Deep Learning Containers in the oldest regions. */
const FIRST_REGIONS = "763104351884";

/**
 * Accounts with AWS's TensorFlow images, by region. Sources, which agree: `image_uri_config/tensorflow.json` of
 * the SageMaker Python SDK (tensorflow 2.19, all regions) and "Region Availability" of aws/deep-learning-containers
 * (without the two GovCloud regions).
 */
export const IMAGE_REGISTRIES: Readonly<Record<string, string>> = {
  "af-south-1": "626614931356",
  "ap-east-1": "871362719292",
  "ap-east-2": "975050140332",
  "ap-northeast-1": FIRST_REGIONS,
  "ap-northeast-2": FIRST_REGIONS,
  "ap-northeast-3": "364406365360",
  "ap-south-1": FIRST_REGIONS,
  "ap-south-2": "772153158452",
  "ap-southeast-1": FIRST_REGIONS,
  "ap-southeast-2": FIRST_REGIONS,
  "ap-southeast-3": "907027046896",
  "ap-southeast-4": "457447274322",
  "ap-southeast-5": "550225433462",
  "ap-southeast-6": "633930458069",
  "ap-southeast-7": "590183813437",
  "ca-central-1": FIRST_REGIONS,
  "ca-west-1": "204538143572",
  "cn-north-1": "727897471807",
  "cn-northwest-1": "727897471807",
  "eu-central-1": FIRST_REGIONS,
  "eu-central-2": "380420809688",
  "eu-north-1": FIRST_REGIONS,
  "eu-south-1": "692866216735",
  "eu-south-2": "503227376785",
  "eu-west-1": FIRST_REGIONS,
  "eu-west-2": FIRST_REGIONS,
  "eu-west-3": FIRST_REGIONS,
  "il-central-1": "780543022126",
  "me-central-1": "914824155844",
  "me-south-1": "217643126080",
  "mx-central-1": "637423239942",
  "sa-east-1": FIRST_REGIONS,
  "us-east-1": FIRST_REGIONS,
  "us-east-2": FIRST_REGIONS,
  "us-gov-east-1": "446045086412",
  "us-gov-west-1": "442386744353",
  "us-west-1": FIRST_REGIONS,
  "us-west-2": FIRST_REGIONS,
};

/**
 * Host of the registry of a region.
 *
 * @throws Error with the known regions if the region is not one of them
 */
export function imageRegistry(region: string): string {
  const account = IMAGE_REGISTRIES[region];
  if (account === undefined) {
    throw new Error(registryProblem(region));
  }
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `${account}.dkr.ecr.${region}.${suffix}`;
}

/** Why a region has no AWS image; undefined if it has one. */
export function registryProblem(region: string): string | undefined {
  return region in IMAGE_REGISTRIES
    ? undefined
    : `has no registry of AWS's TensorFlow images that this program knows: set training.trainingImage and ` +
        `training.inferenceImage, or use one of ${Object.keys(IMAGE_REGISTRIES).join(", ")}`;
}

// What EMR and YARN ask of several rooms at once.

/**
 * Tag that EMR's managed policy (AmazonEMRServicePolicy_v2) demands on every subnet and security group it may use.
 * It is set on each resource, because a provider's default tags do not reach awsx's subnets.
 */
export const EMR_POLICY_TAG = { "for-use-with-amazon-emr-managed-policies": "true" } as const;

/** Attempts of a driver on YARN: the job asks for so many, and the cluster allows no more. */
export const APPLICATION_ATTEMPTS = 4;

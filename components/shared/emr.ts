// Requirements of EMR and YARN that concern several components.

/**
 * Tag that EMR's managed policy (AmazonEMRServicePolicy_v2) requires on every subnet and security group it may use.
 * It is set on each resource, because a provider's default tags do not reach awsx's subnets.
 */
export const EMR_POLICY_TAG = { "for-use-with-amazon-emr-managed-policies": "true" } as const;

/** Application attempts on YARN: the job requests this many, and it is the cluster's maximum. */
export const APPLICATION_ATTEMPTS = 4;

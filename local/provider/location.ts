import { partitionOf } from "../../components/shared/region";
import type { AwsLocation } from "./resourceType";
import { isUnknown, plain, type Properties } from "./wire";

/** Account of every local run; the one in AWS's own examples. */
export const LOCAL_ACCOUNT_ID = "123456789012";

/**
 * Region and account of the provider instance.
 *
 * The region is that of the provider's setting `aws:region`, else of the environment, else
 * us-east-1, so that a preview needs neither credentials nor a profile.
 */
export function locationOf(settings: Properties, environment: NodeJS.ProcessEnv): AwsLocation {
  const configured = plain(settings.region);
  const region =
    typeof configured === "string" && configured !== "" && !isUnknown(configured)
      ? configured
      : (environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? "us-east-1");
  return { partition: partitionOf(region), region, accountId: LOCAL_ACCOUNT_ID };
}

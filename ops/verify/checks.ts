import {
  apiTextPlainCheck,
  apiValidationCheck,
  apiWithKeyCheck,
  apiWithoutKeyCheck,
} from "./apiChecks";
import type { Check, DeployedStack, StackToBe } from "./check";
import { clusterCheck } from "./clusterCheck";
import { driftCheck } from "./driftCheck";
import { driverNodeCheck, rolledLogsCheck, runtimesCheck } from "./driverChecks";
import { endpointCheck } from "./endpointCheck";
import { freshnessCheck, jobCheck } from "./jobChecks";
import { notificationCheck } from "./notificationCheck";
import { preflightCheck } from "./preflightCheck";
import { releaseCheck } from "./releaseCheck";
import { streamLimitsCheck } from "./streamCheck";
import { modelCheck, secondJobCheck, trainingCheck } from "./trainingChecks";

/** Before the first `up`: what the account has to have. All of them only read. */
export const BEFORE: readonly Check<StackToBe>[] = [streamLimitsCheck, releaseCheck];

/** Of a deployed stack, each resting on those before it. All of them only read. */
export const DEPLOYED: readonly Check<DeployedStack>[] = [
  clusterCheck,
  jobCheck,
  freshnessCheck,
  rolledLogsCheck,
  runtimesCheck,
  driverNodeCheck,
  secondJobCheck,
  trainingCheck,
  modelCheck,
  endpointCheck,
];

/** Send something, or take minutes; they do no harm. */
export const ACTIVE: readonly Check<DeployedStack>[] = [
  apiWithoutKeyCheck,
  apiWithKeyCheck,
  apiTextPlainCheck,
  apiValidationCheck,
  preflightCheck,
  notificationCheck,
  driftCheck,
];

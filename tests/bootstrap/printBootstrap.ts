/**
 * Prints as JSON what `bootstrap/` makes for dev and prod, what each planned type takes by the review, and the plan of a
 * stack with every option: tests/python/aws_models/deployment evaluates the one against the other.
 */
import program from "../../bootstrap/index";
import { isReading } from "../../bootstrap/permissions/review";
import { actionsOf } from "../../bootstrap/permissions/reviewed";
import { PERMISSIONS } from "../../bootstrap/permissions/table";
import { APPROVAL_TYPES } from "../../bootstrap/rolePermissions";
import { providerAnswers } from "../shared/plannedStacks";
import { print, printed } from "../shared/printedPlan";
import { mockStack, settled, valueOf } from "../shared/pulumiMocks";
import { planEverything } from "./plannedTypes";

const CONFIG = {
  "aws:region": "us-east-1",
  "streaming-ml-bootstrap:repository": "owner/name",
  "streaming-ml-bootstrap:stacks": ["dev", "prod"],
};

async function bootstrap() {
  const registered = await mockStack("account", CONFIG, providerAnswers(CONFIG));
  await valueOf(await program());
  await settled();
  return printed(registered);
}

async function everything() {
  const types = Object.keys(PERMISSIONS);
  return {
    everything: printed(await planEverything()),
    bootstrap: await bootstrap(),
    actions: Object.fromEntries(types.map((type) => [type, actionsOf([type])])),
    reading: actionsOf(types).filter(isReading),
    approval: APPROVAL_TYPES,
  };
}

print(everything());

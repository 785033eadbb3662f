import { previewStack } from "../stack";
import type { Check, DeployedStack } from "./check";
import { judgeDrift } from "./driftVerdict";

export const driftCheck: Check<DeployedStack> = {
  id: "drift",
  title: "refresh shows no drift",
  onlyAws: "In a local run a refresh reads what was written: nothing changes by itself.",
  run: async ({ reference }) => judgeDrift(await previewStack(reference)),
};

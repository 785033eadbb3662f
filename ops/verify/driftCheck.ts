import { previewStack } from "../stack";
import type { Check, DeployedStack } from "./check";
import { judgeDrift } from "./driftVerdict";

export const driftCheck: Check<DeployedStack> = {
  id: "drift",
  title: "refresh shows no drift",
  onlyAws: "On one machine a refresh reads what was written: nothing moves by itself.",
  run: async ({ reference }) => judgeDrift(await previewStack(reference)),
};

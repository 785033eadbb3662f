/** Prints every resource of every stack as JSON, for tests that are written in Python. */
import { planStack, STACKS } from "./plannedStacks";
import { print, printed, type PrintedResource } from "./printedPlan";

async function plans(): Promise<Record<string, PrintedResource[]>> {
  const found: Record<string, PrintedResource[]> = {};
  for (const stack of STACKS) {
    found[stack] = printed(await planStack(stack));
  }
  return found;
}

print(plans());

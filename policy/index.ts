/**
 * The rules as a policy pack: `pulumi preview --policy-pack policy`. It needs the official CLI; a language host that
 * was built from Go modules cannot start policy packs.
 */
import {
  type Policies,
  PolicyPack,
  type PolicyResource,
  type ResourceValidationArgs,
} from "@pulumi/policy";

import type { PlannedResource, Rule } from "./rule";
import { rules } from "./rules";
import { isSuppressed } from "./suppressions";

const policies: Policies = rules.map((rule) =>
  rule.scope === "resource" ? resourcePolicy(rule) : stackPolicy(rule),
);

function resourcePolicy(rule: Rule): Policies[number] {
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    validateResource(args, report) {
      const resource = planned(args, []);
      if (!isSuppressed(rule.name, resource)) {
        rule.check(resource, []).forEach((sentence) => report(`${args.name} ${sentence}.`));
      }
    },
  };
}

function stackPolicy(rule: Rule): Policies[number] {
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    validateStack({ resources }, report) {
      const stack = resources.map((resource) => planned(resource, resource.dependencies));
      stack.forEach((resource, index) => {
        if (!isSuppressed(rule.name, resource)) {
          const { urn } = resources[index];
          rule
            .check(resource, stack)
            .forEach((sentence) => report(`${resource.name} ${sentence}.`, urn));
        }
      });
    },
  };
}

type Seen = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props" | "opts">;

function planned(seen: Seen, dependencies: readonly PolicyResource[]): PlannedResource {
  return {
    type: seen.type,
    name: seen.name,
    // urn:pulumi:<stack>::<project>::<types>::<name>
    stack: seen.urn.split("::")[0].replace("urn:pulumi:", ""),
    inputs: seen.props as Record<string, unknown>,
    protect: seen.opts.protect,
    dependencies,
  };
}

new PolicyPack("streaming-ml", { policies });

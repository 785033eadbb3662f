/**
 * The stand-in for the `aws` provider: inputs are returned as outputs, with the ids, names and
 * computed outputs that AWS would add. In the stack `local`, resources that hold data or run
 * something also exist in the stand-ins of their services. It needs no credentials.
 */
import { randomBytes } from "node:crypto";

import { withCheckedName } from "./autoName";
import type { DeployedPermissions } from "./deployedPermissions";
import { type Change, changedInputs, replaces, topLevel } from "./difference";
import { invokeFunction } from "./functions";
import type { ResourceHandler } from "./handlers/handler";
import { locationOf } from "./location";
import { nameRules } from "./nameRules";
import { resourceType } from "./resourceTable";
import type { AwsLocation, ResourceType } from "./resourceType";
import { parseUrn } from "./urn";
import { isObject, isUnknown, plain, type Properties, text, unknownOutputs } from "./wire";

/** The one stack whose resources may be created, changed or deleted. */
export const LOCAL_STACK = "local";

/** A changed input and whether it replaces the resource. */
export interface DetailedChange extends Change {
  readonly replaces: boolean;
}

/** What `diff` found. */
export interface Difference {
  readonly changes: readonly DetailedChange[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Implements the operations of a resource provider on plain values. */
export class AwsStandIn {
  private location: AwsLocation = locationOf({}, process.env);
  private defaultTags: Properties = {};

  /**
   * @param handler Finds the handler of a type whose resources exist in a stand-in.
   * @param permissions Stores what the stand-ins need to decide calls.
   */
  constructor(
    private readonly handler: (type: string) => ResourceHandler | undefined,
    private readonly permissions?: DeployedPermissions,
  ) {}

  configure(settings: Properties): void {
    this.location = locationOf(settings, process.env);
    this.defaultTags = defaultTags(settings);
  }

  check(
    urn: string,
    olds: Properties | undefined,
    news: Properties,
    seed?: Uint8Array,
  ): Properties {
    const { type, name } = parseUrn(urn);
    resourceType(type);
    return withCheckedName(nameRules[type], name, olds, news, seed ?? randomBytes(32));
  }

  diff(urn: string, oldInputs: Properties, news: Properties): Difference {
    const row = resourceType(parseUrn(urn).type);
    const changes = changedInputs(oldInputs, news).map((change) => ({
      ...change,
      replaces: replaces(row.replacement, change.path),
    }));
    return {
      changes,
      replaces: [...new Set(changes.filter((c) => c.replaces).map((c) => topLevel(c.path)))],
      deleteBeforeReplace: row.deleteBeforeReplace ?? false,
    };
  }

  async create(
    urn: string,
    inputs: Properties,
    preview: boolean,
  ): Promise<{ readonly id: string; readonly outputs: Properties }> {
    const { type, name } = parseUrn(urn);
    const row = resourceType(type);
    const location = this.locationFor(inputs);
    if (preview) {
      const computed = this.computedOutputs(row, inputs, "", location);
      return { id: "", outputs: { ...unknownOutputs(computed), ...inputs } };
    }
    refuseOtherStacks(urn, "create");
    const handler = this.handler(type);
    const handled = await handler?.create(plain(inputs), { name, location });
    const id = handled?.id ?? row.identify(inputs, location);
    const computed = this.computedOutputs(row, inputs, id, location);
    const outputs = { ...computed, ...inputs, ...handled?.outputs };
    this.permissions?.put(type, name, id, inputs, outputs);
    return { id, outputs };
  }

  /** @returns outputs and inputs as they are now; undefined if the resource does not exist */
  async read(
    urn: string,
    id: string,
    properties: Properties,
    inputs: Properties = {},
  ): Promise<{ readonly outputs: Properties; readonly inputs: Properties } | undefined> {
    const { type, name } = parseUrn(urn);
    resourceType(type);
    refuseOtherStacks(urn, "read");
    if (Object.keys(properties).length === 0) {
      throw new Error(
        `The offline provider cannot look up "${id}" (${type}): it only knows what the stack ` +
          `itself created. Pass the values that the program needs through its configuration.`,
      );
    }
    const handler = this.handler(type);
    if (handler === undefined) {
      return { outputs: properties, inputs };
    }
    const context = { name, location: this.locationFor(properties) };
    if (!(await handler.exists(id, plain(properties), context))) {
      return undefined;
    }
    const observed = (await handler.observe?.(id, plain(properties), context)) ?? {};
    const moved = Object.entries(observed).filter(([key]) => key in inputs);
    return {
      outputs: { ...properties, ...observed },
      inputs: { ...inputs, ...Object.fromEntries(moved) },
    };
  }

  async update(
    urn: string,
    id: string,
    olds: Properties,
    news: Properties,
    preview: boolean,
  ): Promise<Properties> {
    const { type, name } = parseUrn(urn);
    const row = resourceType(type);
    const location = this.locationFor(news);
    const computed = this.computedOutputs(row, news, id, location);
    const kept = Object.fromEntries(
      Object.keys(computed)
        .filter((key) => key in olds && !(row.refreshedOutputs ?? []).includes(key))
        .map((key) => [key, olds[key]]),
    );
    if (preview) {
      return { ...unknownOutputs(computed), ...kept, ...news };
    }
    refuseOtherStacks(urn, "update");
    const handler = this.handler(type);
    const handled = await handler?.update?.(id, plain(olds), plain(news), { name, location });
    const outputs = { ...computed, ...kept, ...news, ...handled };
    this.permissions?.put(type, name, id, news, outputs);
    return outputs;
  }

  async delete(urn: string, id: string, properties: Properties): Promise<void> {
    const { type, name } = parseUrn(urn);
    resourceType(type);
    refuseOtherStacks(urn, "delete");
    const handler = this.handler(type);
    await handler?.delete(id, plain(properties), { name, location: this.locationFor(properties) });
    this.permissions?.remove(type, id);
  }

  invoke(token: string, inputs: Properties): Properties {
    return invokeFunction(token, plain(inputs), this.locationFor(inputs));
  }

  private computedOutputs(
    row: ResourceType,
    inputs: Properties,
    id: string,
    location: AwsLocation,
  ): Properties {
    const tags = isObject(inputs.tags) ? { tagsAll: { ...this.defaultTags, ...inputs.tags } } : {};
    return { region: location.region, ...tags, ...row.outputs?.(inputs, id, location) };
  }

  /** Since @pulumi/aws 7 every resource and function takes a region of its own. */
  private locationFor(inputs: Properties): AwsLocation {
    const region = text(inputs.region);
    return region === "" || isUnknown(region) ? this.location : locationOf({ region }, {});
  }
}

/** The provider's `defaultTags`; nested settings arrive as JSON text. */
function defaultTags(settings: Properties): Properties {
  const given = plain(settings.defaultTags);
  const parsed: unknown = typeof given === "string" && given !== "" ? JSON.parse(given) : given;
  return isObject(parsed) && isObject(parsed.tags) ? parsed.tags : {};
}

function refuseOtherStacks(urn: string, operation: string): void {
  const { stack, type, name } = parseUrn(urn);
  if (stack !== LOCAL_STACK) {
    throw new Error(
      `The offline provider does not ${operation} "${name}" (${type}) in the stack "${stack}": ` +
        `it only previews it. Deploy the stack "${LOCAL_STACK}" on this machine, or run pulumi ` +
        `with the official aws provider.`,
    );
  }
}

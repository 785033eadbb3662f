import type { CompiledContract, CompiledField, CompiledObject } from "./compiledContract";
import type { ContractChange } from "./contractChange";
import { limitChanges } from "./limitChanges";

/**
 * All differences between two contracts, with their effects.
 *
 * @returns an empty list for equal contracts; the notes of a schema are not part of the contract
 */
export function contractChanges(
  before: CompiledContract,
  after: CompiledContract,
): ContractChange[] {
  if (before.workload !== after.workload) {
    const sentence = `the workload ${before.workload} becomes ${after.workload}, which has other events`;
    return [{ kind: "refused", field: null, sentence }];
  }
  const changes = [
    ...recordChanges(before, after),
    ...before.objects.flatMap((object) => objectChanges(object, after.objects)),
    ...before.fields.flatMap((field) => fieldChanges(field, after.fields)),
    ...after.fields
      .filter((field) => sameName(field, before.fields) === undefined)
      .map((field) => addedField(field, before.objects, after.objects)),
  ];
  const names = ({ fields }: CompiledContract): string => fields.map(({ name }) => name).join();
  return changes.length === 0 && names(before) !== names(after)
    ? [{ kind: "inPlace", field: null, sentence: "the order of the fields changes" }]
    : changes;
}

/**
 * All changes that are not allowed, and what to do, as one message.
 *
 * @returns undefined if all changes are allowed
 */
export function refusedChanges(changes: readonly ContractChange[]): string | undefined {
  const refused = changes.filter(({ kind }) => kind === "refused");
  return refused.length === 0
    ? undefined
    : "The deployed event contract cannot become this one:\n" +
        refused.map((change) => `  - ${describeChange(change)}.\n`).join("") +
        "Tables and jobs are not changed. Either keep the deployed field, mark it deprecated in the schema and add a new " +
        "optional field; or raise streaming-ml:lake.version in the stack file, which creates new prefixes, tables and a " +
        "new checkpoint.";
}

/**
 * All changes that send events to quarantine which were accepted before, as one message.
 *
 * @returns undefined if there are none
 */
export function warnedChanges(changes: readonly ContractChange[]): string | undefined {
  const warned = changes.filter(({ kind }) => kind === "warning");
  return warned.length === 0
    ? undefined
    : "The event contract becomes tighter:\n" +
        warned.map((change) => `  - ${describeChange(change)}.`).join("\n");
}

/** The change as a sentence without a full stop. */
export function describeChange({ field, sentence }: ContractChange): string {
  return field === null ? sentence : `${field}: ${sentence}`;
}

function recordChanges(before: CompiledContract, after: CompiledContract): ContractChange[] {
  const [old, now] = [before.maximumRecordBytes, after.maximumRecordBytes];
  return old === now
    ? []
    : [
        {
          kind: now > old ? "inPlace" : "warning",
          field: null,
          sentence: `a record may have ${now} bytes instead of ${old}${now > old ? "" : TIGHTER}`,
        },
      ];
}

const TIGHTER = ": larger events, which were accepted before, go to quarantine";

function pathOf({ path }: CompiledField | CompiledObject): string {
  return path.join(".");
}

function sameName(
  { name }: CompiledField,
  fields: readonly CompiledField[],
): CompiledField | undefined {
  return fields.find((field) => field.name === name);
}

function objectChanges(
  object: CompiledObject,
  objects: readonly CompiledObject[],
): ContractChange[] {
  const now = objects.find((one) => pathOf(one) === pathOf(object));
  // The fields of a removed object are reported themselves.
  return now === undefined ? [] : requirementChanges(pathOf(object), object, now);
}

function requirementChanges(
  field: string,
  before: { readonly required: boolean },
  after: { readonly required: boolean },
): ContractChange[] {
  if (before.required === after.required) {
    return [];
  }
  return after.required
    ? [
        {
          kind: "refused",
          field,
          sentence: "becomes required: until now events without it were valid",
        },
      ]
    : [{ kind: "inPlace", field, sentence: "becomes optional" }];
}

function fieldChanges(before: CompiledField, fields: readonly CompiledField[]): ContractChange[] {
  const after = sameName(before, fields);
  const field = pathOf(before);
  const refuse = (sentence: string): ContractChange => ({ kind: "refused", field, sentence });
  if (after === undefined) {
    return [refuse("was removed or renamed: what is stored under its name would be lost")];
  }
  const breaks: ContractChange[] = [];
  if (pathOf(after) !== field) {
    breaks.push(
      refuse(`was moved to ${pathOf(after)}: producers of both versions cannot be served`),
    );
  }
  if (typeOf(before) !== typeOf(after)) {
    breaks.push(
      refuse(
        `has the type ${typeOf(after)} instead of ${typeOf(before)}: files of both cannot be read as one table`,
      ),
    );
  }
  if (usesOf(before) !== usesOf(after)) {
    breaks.push(
      refuse(
        `is used as ${usesOf(after)} instead of ${usesOf(before)}: stored events were not prepared for it`,
      ),
    );
  }
  return breaks.length > 0
    ? breaks
    : [...requirementChanges(field, before, after), ...limitChanges(before, after)];
}

function typeOf({ type, maximumItems }: CompiledField): string {
  return maximumItems === undefined ? type : `array of ${type}`;
}

function usesOf({ uses }: CompiledField): string {
  return uses.length === 0 ? "nothing" : [...uses].sort().join(" and ");
}

function addedField(
  field: CompiledField,
  before: readonly CompiledObject[],
  after: readonly CompiledObject[],
): ContractChange {
  const path = pathOf(field);
  if (field.uses.includes("identity")) {
    const sentence =
      "is new and an identity: events that the job remembers would differ, and be stored twice";
    return { kind: "refused", field: path, sentence };
  }
  // A required field in a new optional object is not missing in events without the object.
  const around = after.filter((object) => object.path.every((name, at) => field.path[at] === name));
  const isNew = (object: CompiledObject): boolean =>
    !before.some((one) => pathOf(one) === pathOf(object));
  const isMissed = field.required && !around.some((object) => isNew(object) && !object.required);
  return isMissed
    ? {
        kind: "refused",
        field: path,
        sentence: "is new and required: no producer sends it yet, so every event would be refused",
      }
    : { kind: "inPlace", field: path, sentence: "is new: null in stored events" };
}

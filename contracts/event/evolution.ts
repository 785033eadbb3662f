import type { CompiledContract, CompiledField, CompiledObject } from "./compiledContract";
import { limitChanges } from "./limitChanges";

/**
 * What a change does to a stack that runs: `inPlace` nothing that was taken is refused and nothing stored is read
 * otherwise; `warning` the same for what is stored, but events that were taken go to quarantine; `refused` what is
 * stored, or remembered by the job, or sent by the producers there are, would not fit any more.
 */
export type ChangeKind = "inPlace" | "warning" | "refused";

/** One difference between the contract that is deployed and the one that is to be. */
export interface ContractChange {
  readonly kind: ChangeKind;
  /** Path of the field or object, joined by `.`; null for the contract as a whole. */
  readonly field: string | null;
  /** What changes and what follows, as a sentence without its end. */
  readonly sentence: string;
}

/**
 * Every difference between two contracts, with what it does.
 *
 * @returns nothing for contracts that mean the same; notes of a schema are in no contract
 */
export function contractChanges(
  before: CompiledContract,
  after: CompiledContract,
): ContractChange[] {
  if (before.workload !== after.workload) {
    const sentence = `the workload ${before.workload} becomes ${after.workload}, whose events are others`;
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
 * Everything that forbids a change, and the ways out, as one message.
 *
 * @returns undefined when nothing does
 */
export function refusedChanges(changes: readonly ContractChange[]): string | undefined {
  const refused = changes.filter(({ kind }) => kind === "refused");
  return refused.length === 0
    ? undefined
    : "The deployed event contract cannot become this one:\n" +
        refused.map((change) => `  - ${describeChange(change)}.\n`).join("") +
        "Tables and jobs stay as they are. There are two ways out: leave what is deployed as it is, mark it deprecated " +
        "in the schema and add a new optional field beside it; or raise streaming-ml:lake.version in the stack file, " +
        "which begins with prefixes, tables and a checkpoint of its own.";
}

/**
 * Everything that sends events to quarantine which were taken until now, as one message.
 *
 * @returns undefined when nothing does
 */
export function warnedChanges(changes: readonly ContractChange[]): string | undefined {
  const warned = changes.filter(({ kind }) => kind === "warning");
  return warned.length === 0
    ? undefined
    : "The event contract becomes tighter:\n" +
        warned.map((change) => `  - ${describeChange(change)}.`).join("\n");
}

/** The change as a sentence without its end. */
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

const TIGHTER = ": events beyond that, taken until now, go to quarantine";

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
  // One that is gone has taken its fields along, and those tell.
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
          sentence: "becomes required: who leaves it out was right until now",
        },
      ]
    : [{ kind: "inPlace", field, sentence: "becomes optional" }];
}

function fieldChanges(before: CompiledField, fields: readonly CompiledField[]): ContractChange[] {
  const after = sameName(before, fields);
  const field = pathOf(before);
  const refuse = (sentence: string): ContractChange => ({ kind: "refused", field, sentence });
  if (after === undefined) {
    return [refuse("is gone, or has another name: what is stored under its name would be lost")];
  }
  const breaks: ContractChange[] = [];
  if (pathOf(after) !== field) {
    breaks.push(
      refuse(`stands at ${pathOf(after)} now: producers of both versions cannot be served`),
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
        `is used as ${usesOf(after)} instead of ${usesOf(before)}: what is stored was not prepared for it`,
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
      "is new and an identity: events that are remembered would be other ones, and come twice";
    return { kind: "refused", field: path, sentence };
  }
  // A required field in a new optional object is missed by nobody who does not send the object.
  const around = after.filter((object) => object.path.every((name, at) => field.path[at] === name));
  const isNew = (object: CompiledObject): boolean =>
    !before.some((one) => pathOf(one) === pathOf(object));
  const isMissed = field.required && !around.some((object) => isNew(object) && !object.required);
  return isMissed
    ? {
        kind: "refused",
        field: path,
        sentence: "is new and required: nobody sends it yet, so no event would be taken",
      }
    : { kind: "inPlace", field: path, sentence: "is new: what is stored reads null" };
}

import type { CompiledField, Use } from "../../contracts/event/compiledContract";
import { type DemoRecord, type DemoRecords, inventRecords } from "../../local/demo/records";
import type { LocalRun } from "../../local/run/localRun";
import { testedWorkload } from "./testedWorkload";

/** Personal data that stands in events and nowhere else, so that finding it is finding a leak. */
export const PLANTED = {
  email: "sybilla.quackenbush@planted-mail.example",
  phone: "+49 30 9182736",
  person: "planted-user-7c1e55d0",
} as const;

/** Enough that some of them are valid. */
const INVENTED = 20;

type Event = Readonly<Record<string, unknown>>;

/**
 * Adds three events of a person to those that are sent: one that is valid, one that is refused for a field that is
 * missing, and one whose text alone has more than the contract allows, which is what an error might quote.
 */
export async function withPlantedData(run: LocalRun, demo: DemoRecords): Promise<DemoRecords> {
  const { text, person, missing } = plantedFields();
  const planted = `Write to ${PLANTED.email} or call ${PLANTED.phone}, please`;
  const tooLong = planted.repeat(Math.ceil((text.maximumLength ?? 0) / planted.length) + 1);
  const [valid, lacking, long] = await validRecords(run, "planted");
  const record = (
    one: DemoRecord,
    fields: Event,
    expected: string,
    reasonField: string | null,
  ): DemoRecord => {
    const event = { ...eventOf(one), [text.name]: planted, [person.name]: PLANTED.person };
    const data = Buffer.from(JSON.stringify({ ...event, ...fields }));
    return { ...one, data, partitionKey: PLANTED.person, expected, reasonField };
  };
  return {
    ...demo,
    records: [
      ...demo.records,
      record(valid, {}, "valid", null),
      record(lacking, { [missing.name]: undefined }, "missing_field", missing.name),
      record(long, { [text.name]: tooLong }, "too_long", text.name),
    ],
  };
}

/** An event of the person that breaks the contract in its text, and says whatever it can in another one. */
export async function eventThatBreaks(run: LocalRun, said: string): Promise<Event> {
  const { text, person } = plantedFields();
  const [one] = await validRecords(run, "broken");
  const spoken = Object.entries(eventOf(one)).map(([name, value]) => [
    name,
    typeof value === "string" ? said : value,
  ]);
  const event = Object.fromEntries(spoken) as Event;
  return { ...event, [person.name]: PLANTED.person, [text.name]: 7 };
}

/** Valid records with identities of their own. */
async function validRecords(run: LocalRun, prefix: string): Promise<DemoRecord[]> {
  const records = await inventRecords(run, prefix, INVENTED);
  return records.filter(({ expected }) => expected === "valid");
}

function eventOf({ data }: DemoRecord): Event {
  return JSON.parse(data.toString()) as Event;
}

/**
 * The fields that personal data is planted in, and one that an event must have.
 *
 * @throws Error where the workload has no such fields: these tests would prove nothing of it
 */
function plantedFields(): Record<"text" | "person" | "missing", CompiledField> {
  const fields = testedWorkload.event.compiled.fields.filter(
    ({ path, maximumItems }) => path.length === 1 && maximumItems === undefined,
  );
  const used = (field: CompiledField, ...uses: Use[]): boolean =>
    field.uses.some((one) => uses.includes(one));
  const text = fields.find((one) => used(one, "mask") && one.maximumLength !== undefined);
  const person = fields.find((one) => used(one, "pseudonym") && one.type === "string");
  const missing = fields
    .filter((one) => one.required && !used(one, "identity", "pseudonym", "mask", "label"))
    .at(-1);
  if (text === undefined || person === undefined || missing === undefined) {
    throw new Error(
      `Events of ${testedWorkload.name} cannot hold planted personal data: the end-to-end tests need a workload with a ` +
        "text of the use mask that has a maxLength, a string of the use pseudonym, and a further required field.",
    );
  }
  return { text, person, missing };
}

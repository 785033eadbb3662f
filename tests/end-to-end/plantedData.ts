import { DemoRecord, DemoRecords } from "../../local/demo/records";

/** Personal data that stands in events and nowhere else, so that finding it is finding a leak. */
export const PLANTED = {
  email: "sybilla.quackenbush@planted-mail.example",
  phone: "+49 30 9182736450",
  userId: "planted-user-7c1e55d0",
} as const;

/**
 * Adds three events of a person to those that are sent: one that is valid, one that is refused for a field that is
 * missing, and one whose text alone has more than the contract allows, which is what an error might quote.
 */
export function withPlantedData(demo: DemoRecords): DemoRecords {
  const text = `Write to ${PLANTED.email} or call ${PLANTED.phone}, please`;
  const event = {
    user_id: PLANTED.userId,
    text,
    created_at: new Date(Date.now() - 60_000).toISOString(),
  };
  const record = (
    id: string,
    fields: Readonly<Record<string, unknown>>,
    expected: string,
    reasonField: string | null,
  ): DemoRecord => ({
    data: Buffer.from(JSON.stringify({ event_id: id, ...fields })),
    partitionKey: PLANTED.userId,
    identity: [id],
    expected,
    reasonField,
    label: null,
  });
  const planted = [
    record("planted-1", event, "valid", null),
    record("planted-2", { ...event, created_at: undefined }, "missing_field", "created_at"),
    record("planted-3", { ...event, text: `${text} `.repeat(50) }, "too_long", "text"),
  ];
  return { ...demo, records: [...demo.records, ...planted] };
}

import { join } from "node:path";

import { compileEventSchema, type EventContract } from "../../../../contracts/event/compile";
import type { Reason } from "../../../../contracts/event/reading/refusal";
import { readEventContract } from "../../../../contracts/event/workloads";
import { fullDraft, place, write } from "./draft";
import { type RecordCase, recordCases } from "./recordCases";
import { SHAPES } from "./shapes";

/** One record, its contract and the verdict that every reader must reach. */
export interface EventVector {
  /** Which of the file's contracts. */
  readonly contract: string;
  /** Describes the record. */
  readonly about: string;
  /** The record, to be sent in UTF-8; absent where it is no UTF-8. */
  readonly record?: string;
  /** The record's bytes; present instead of `record`. */
  readonly base64?: string;
  /** Why it is refused; null for an event. */
  readonly reason: Reason | null;
  /** What `reason_field` holds. */
  readonly field: string | null;
  /** Present where the verdict needs the clock of the job: without one the record is an event. */
  readonly needsClock?: true;
}

/** The records with which all readers of events are tested: `tests/contracts/event-vectors.json`. */
export interface EventVectors {
  /** The clock of the micro-batch, in microseconds since 1970. */
  readonly batchTimeMicros: number;
  /** Texts of the compiled contracts, by name. */
  readonly contracts: Readonly<Record<string, string>>;
  readonly vectors: readonly EventVector[];
}

/** Path of the table. */
export const VECTOR_FILE = join(__dirname, "..", "..", "event-vectors.json");

const BATCH_TIME = Date.UTC(2026, 10, 24, 12);

/** The whole table, the same on every day. */
export function eventVectors(): EventVectors {
  const contracts = [
    readEventContract("sentiment"),
    compileEventSchema("shapes", "shapes.ts", JSON.stringify(SHAPES)),
  ];
  return {
    batchTimeMicros: BATCH_TIME * 1000,
    contracts: Object.fromEntries(contracts.map(({ compiled, text }) => [compiled.workload, text])),
    vectors: contracts.flatMap((contract) => [
      ...recordCases(contract.compiled).map((one) => toVector(contract, one)),
      ...clockVectors(contract),
    ]),
  };
}

/** The table as it is stored: one vector a line. */
export function vectorText({ batchTimeMicros, contracts, vectors }: EventVectors): string {
  const lines = vectors.map((vector) => `    ${ascii(vector)}`).join(",\n");
  const texts = Object.entries(contracts)
    .map(([name, text]) => `    ${ascii(name)}: ${ascii(text)}`)
    .join(",\n");
  return (
    `{\n  "batchTimeMicros": ${batchTimeMicros},\n  "contracts": {\n${texts}\n  },\n` +
    `  "vectors": [\n${lines}\n  ]\n}\n`
  );
}

/** JSON that no editor shows wrongly, whatever the characters are. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function toVector({ compiled }: EventContract, one: RecordCase): EventVector {
  const { about, record, reason, field } = one;
  return {
    contract: compiled.workload,
    about,
    ...(typeof record === "string"
      ? { record }
      : { base64: Buffer.from(record).toString("base64") }),
    reason,
    field,
  };
}

/** A day ahead of the micro-batch is the most that the event's time may be; other times are free. */
function clockVectors({ compiled }: EventContract): EventVector[] {
  const draft = fullDraft(compiled);
  return compiled.fields
    .filter(({ type, maximumItems }) => type === "date-time" && maximumItems === undefined)
    .flatMap((field): EventVector[] => {
      const name = field.path.join(".");
      const isEventTime = field.uses.includes("event-time");
      const at = (time: string) => ({
        contract: compiled.workload,
        about: `${name}: ${time} by the clock`,
        record: write(place(draft, field.path, JSON.stringify(time))),
      });
      const inTime = { reason: null, field: null };
      const late = ["2026-11-25T12:00:00.000001Z", "2099-01-01T00:00:00Z"].map((time) =>
        isEventTime
          ? { ...at(time), reason: "in_future" as const, field: name, needsClock: true as const }
          : { ...at(time), ...inTime },
      );
      return [{ ...at("2026-11-25T12:00:00Z"), ...inTime }, ...late];
    });
}

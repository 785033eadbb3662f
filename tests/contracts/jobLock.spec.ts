import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "chai";
import * as fs from "node:fs";

import heartbeat from "../../contracts/job-heartbeat.json";
import { jobLockSchema } from "../../contracts/jobLock";
import { inRepository } from "../../tools/paths";
import { jobLock } from "./jobLockExample";

/** A lock with every property. */
const FULL = {
  ...jobLock,
  behindSeconds: 2.5,
  behindShard: "shardId-1",
  driver: { machine: "a boot", processId: 4711, startTicks: 12345 },
};

const WRONG = [null, true, -1, 0, 1.5, "text", "2026-01-02T03:04:05.123Z", "stopped", [], {}];

interface Schema {
  readonly required: string[];
  readonly properties: Record<string, { properties?: Record<string, unknown> }>;
}

describe("the job's lock", () => {
  const schema = JSON.parse(
    fs.readFileSync(inRepository("contracts", "job-lock.schema.json"), "utf8"),
  ) as Schema;
  const ajv = new Ajv2020({ allowUnionTypes: true });
  addFormats(ajv);
  const isLock = ajv.compile(schema);
  const takes = (lock: object) => jobLockSchema.safeParse(lock).success;

  it("has the properties of the JSON Schema, those of the driver included", () => {
    expect(Object.keys(jobLockSchema.shape)).to.have.members(Object.keys(schema.properties));
    expect(Object.keys(FULL.driver)).to.have.members(
      Object.keys(schema.properties.driver.properties ?? {}),
    );
    expect(isLock(FULL)).to.equal(true);
    expect(jobLockSchema.parse(FULL)).to.deep.equal(FULL);
  });

  it("is taken and refused as the JSON Schema says, whichever property is missing or wrong", () => {
    for (const name of Object.keys(schema.properties)) {
      const without = Object.fromEntries(Object.entries(FULL).filter(([key]) => key !== name));
      expect(takes(without), `without ${name}`).to.equal(isLock(without));
      for (const value of WRONG) {
        const changed = { ...FULL, [name]: value };
        expect(takes(changed), `${name} = ${JSON.stringify(value)}`).to.equal(isLock(changed));
      }
    }
    for (const name of Object.keys(FULL.driver)) {
      for (const value of WRONG) {
        const changed = { ...FULL, driver: { ...FULL.driver, [name]: value } };
        expect(takes(changed), `driver.${name}`).to.equal(isLock(changed));
      }
    }
  });

  it("of a later job may say more", () => {
    expect(takes({ ...FULL, more: 1 })).to.equal(true);
  });

  it("counts as silent after several missed heartbeats, and is taken over later than that", () => {
    const { everySeconds, silentSeconds, takeoverSeconds, oldestSeconds } = heartbeat;
    expect(silentSeconds).to.be.at.least(3 * everySeconds);
    expect(takeoverSeconds).to.be.above(silentSeconds);
    expect(oldestSeconds).to.be.above(takeoverSeconds);
  });
});

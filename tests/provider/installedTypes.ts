import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { inPythonPackage } from "../../tools/paths";

/** Inputs of a resource type, as the constructor of the installed @pulumi/aws reads them. */
export function resourceInputs(type: string): string[] {
  const text = readFileSync(require.resolve(`@pulumi/aws/${type.split(":")[1]}`), "utf8");
  const read = text.matchAll(/resourceInputs\["(\w+)"\] = [^;]*\bargs\?\./g);
  return [...new Set([...read].map(([, name = ""]) => name))].sort();
}

/** A string shape of one of AWS's API models. */
export interface ModelShape {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

const models = new Map<string, Record<string, ModelShape>>();

/** A shape of the API model of a service, as the installed botocore carries it. */
export function modelShape(service: string, shape: string): ModelShape | undefined {
  const read = models.get(service) ?? shapesOf(service);
  models.set(service, read);
  return read[shape];
}

function shapesOf(service: string): Record<string, ModelShape> {
  const folder = inPythonPackage(`botocore/data/${service}`);
  const newest = readdirSync(folder).sort().at(-1) ?? "";
  const packed = readFileSync(`${folder}/${newest}/service-2.json.gz`);
  const model = JSON.parse(gunzipSync(packed).toString("utf8")) as {
    shapes: Record<string, ModelShape>;
  };
  return model.shapes;
}

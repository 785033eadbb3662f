import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** A workload that is none yet: its files are checked where they lie, and name themselves {@link PLACEHOLDER}. */
export const TEMPLATE_FOLDER = resolve(__dirname, "..", "templates", "workload");

/** Stands in the files of the template where the workload's name goes. */
export const PLACEHOLDER = "workload_name";

/** What running or checking the template leaves behind. */
const MADE = /(^|\/)(\.|__pycache__\/)/;

/** A file of a workload. */
export interface WorkloadFile {
  /** In the workload's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The files of a workload of the template's kind, in the order of their paths. */
export function filesOfTemplate(name: string, folder = TEMPLATE_FOLDER): WorkloadFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !MADE.test(path))
    .sort()
    .map((path) => ({
      path,
      text: readFileSync(join(folder, path), "utf8").replaceAll(PLACEHOLDER, name),
    }));
}

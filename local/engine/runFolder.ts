import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** Where the engine keeps what belongs to one run. */
export interface RunFolder {
  readonly directory: string;
  /** Pulumi's home: plugins and credentials file of this run alone. */
  readonly home: string;
  /** State backend. */
  readonly state: string;
  /** Scratch project: copies of Pulumi.yaml and the stack files. */
  readonly project: string;
  readonly logs: string;
}

/** Creates the folders of a run, or finds those of a run that goes on. */
export async function openRunFolder(directory: string): Promise<RunFolder> {
  const folder: RunFolder = {
    directory,
    home: join(directory, "pulumi", "home"),
    state: join(directory, "pulumi", "state"),
    project: join(directory, "pulumi", "project"),
    logs: join(directory, "logs"),
  };
  for (const path of [folder.home, folder.state, folder.project, folder.logs]) {
    await mkdir(path, { recursive: true });
  }
  return folder;
}

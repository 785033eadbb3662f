import { ARTIFACT_PREFIXES } from "../../contracts/bucketLayout";

/** Key of the checkpoint of a generation of the job: other tables are filled from another one. */
export function checkpointKey(generation: string, lakeVersion: number): string {
  // No generation has a full stop, so none is called as another one's version is.
  const name = lakeVersion === 1 ? generation : `${generation}.v${lakeVersion}`;
  return `${ARTIFACT_PREFIXES.checkpoints}/${name}`;
}

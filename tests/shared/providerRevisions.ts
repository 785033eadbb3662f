import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

import { filesBelow, inRepository } from "../../tools/paths";

/** What is known of the code of one provider at its revision. */
export interface KnownRevision {
  readonly revision: number;
  /** SHA-256 of all code that the provider reaches, without comments and types. */
  readonly code: string;
}

/** By resource, as its file is called: the provider, and the file whose PROVIDER_REVISION its inputs hold. */
export const PROVIDERS: Readonly<Record<string, { provider: string; revision: string }>> = {
  "components/endpoint/endpointDeployment.ts": {
    provider: "components/endpoint/endpointProvider.ts",
    revision: "components/endpoint/endpointDeployment.ts",
  },
  "components/job/streamingJob.ts": {
    provider: "components/job/jobProvider.ts",
    revision: "components/job/jobSpec.ts",
  },
  "components/training/trainingRemains.ts": {
    provider: "components/training/remainsProvider.ts",
    revision: "components/training/trainingRemains.ts",
  },
  "components/workload/deployedContract.ts": {
    provider: "components/workload/contractProvider.ts",
    revision: "components/workload/deployedContract.ts",
  },
};

export const REVISIONS_FILE = inRepository("tests", "shared", "provider-revisions.json");

export function knownRevisions(): Record<string, KnownRevision> {
  return JSON.parse(readFileSync(REVISIONS_FILE, "utf8")) as Record<string, KnownRevision>;
}

export function currentRevisions(): Record<string, KnownRevision> {
  return Object.fromEntries(
    Object.entries(PROVIDERS).map(([resource, { provider, revision }]) => [
      resource,
      { revision: revisionIn(revision), code: codeHash(provider) },
    ]),
  );
}

/** The files of `components/` that declare a dynamic resource. */
export function dynamicResources(): string[] {
  return filesBelow("components").filter((file) =>
    /extends pulumi\.dynamic\.Resource\b/.test(readFileSync(inRepository(file), "utf8")),
  );
}

/**
 * What is wrong with the code of a provider, undefined when nothing is.
 *
 * Pulumi runs the code that lies in the state until an input changes, so changed code needs a raised revision.
 */
export function staleRevision(
  resource: string,
  known: KnownRevision | undefined,
  current: KnownRevision,
): string | undefined {
  const { provider, revision } = PROVIDERS[resource];
  if (known?.code === current.code && known.revision === current.revision) {
    return undefined;
  }
  return known !== undefined && current.revision <= known.revision
    ? `The code that ${provider} reaches has changed, and deployed stacks would go on running the old one: raise ` +
        `PROVIDER_REVISION in ${revision} above ${known.revision}, then run: node -r tsx/cjs tests/shared/providerRevisions.ts`
    : `${revision} has another revision than is known: run node -r tsx/cjs tests/shared/providerRevisions.ts`;
}

function revisionIn(file: string): number {
  const [, revision] = /PROVIDER_REVISION = (\d+);/.exec(readFileSync(inRepository(file), "utf8"))!;
  return Number(revision);
}

function codeHash(provider: string): string {
  const hash = createHash("sha256");
  for (const file of reachable(provider)) {
    hash.update(`${file}\0${compiled(inRepository(file))}\0`);
  }
  return hash.digest("hex");
}

/** A provider's file and what it imports from the repository, types aside, in a stable order. */
function reachable(file: string, found = new Set<string>()): string[] {
  if (!found.has(file)) {
    found.add(file);
    for (const [, name] of compiled(inRepository(file)).matchAll(/require\("(\.[^"]*)"\)/g)) {
      const target = path.posix.join(path.posix.dirname(file), name);
      reachable(existsSync(inRepository(target)) ? target : `${target}.ts`, found);
    }
  }
  return [...found].sort();
}

function compiled(file: string): string {
  const text = readFileSync(file, "utf8");
  return file.endsWith(".json")
    ? text
    : ts.transpileModule(text, {
        compilerOptions: {
          module: ts.ModuleKind.CommonJS,
          target: ts.ScriptTarget.ES2022,
          removeComments: true,
        },
      }).outputText;
}

/** Writes what is known anew, unless code has changed below the same revision. */
function main(): void {
  const known = existsSync(REVISIONS_FILE) ? knownRevisions() : {};
  const current = currentRevisions();
  const problems = Object.entries(current)
    .map(([resource, now]) => staleRevision(resource, known[resource], now))
    .filter((problem) => problem?.startsWith("The code"));
  if (problems.length > 0) {
    console.error(problems.join("\n"));
    process.exitCode = 1;
    return;
  }
  writeFileSync(REVISIONS_FILE, `${JSON.stringify(current, undefined, 2)}\n`);
}

if (require.main === module) {
  main();
}

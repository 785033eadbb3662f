/**
 * Who may import whom, as lint rules. Each folder imports itself; what else it may import is said here, and the reason
 * with it. Tests may import everything.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROOM_NAMES = readdirSync(join(import.meta.dirname, "components"));

/** Folders of components/ that every room may import: they know no room. */
const COMMON_ROOMS = ["shared", "runtimes"];

/** What else a room of components/ may import of others. All others meet in index.ts, by arguments and grants. */
const ROOMS = {
  // Reads a whole stack file: every room's schema, and the rules that hold between rooms.
  config: ROOM_NAMES,
  // Facts about software of others depend on nothing.
  runtimes: [],
};

/** What a top-level folder may import of others. */
const FOLDERS = {
  // Measures everything.
  bench: ["components", "contracts", "local", "tools"],
  // A program of its own, beside index.ts, with the same words for policies and configuration.
  bootstrap: ["components/config", "components/shared", "contracts"],
  components: ["contracts"],
  // The client for an API is typed by a workload's generated types.
  contracts: ["workloads"],
  // Somebody else's code: what is published for it, and no more.
  examples: ["contracts", "workloads"],
  // Deploys the program as it is and never looks inside; regions are AWS's, not the program's.
  local: ["components/shared", "contracts", "tools"],
  // Compares a deployed stack with its configuration, and with what is known of AWS's versions and images.
  ops: ["components/config", "components/runtimes", "components/training", "contracts", "tools"],
  policy: [],
  // Writes documents and permissions from the code, and installs the versions that the code names.
  tools: ["bootstrap", "components", "contracts"],
  workloads: ["contracts"],
};

const FOLDER_NAMES = [...Object.keys(FOLDERS), "tests"];

/** One config object per folder and room: for the same file ESLint would let a later one replace an earlier one. */
export const boundaries = [
  ...Object.entries(FOLDERS)
    .filter(([folder]) => folder !== "components")
    .map(([folder, allowed]) => restricted(folder, allowed, otherFolders(folder))),
  ...ROOM_NAMES.map((room) => {
    const rooms = ROOMS[room] ?? COMMON_ROOMS;
    const others = ROOM_NAMES.filter((other) => other !== room && !rooms.includes(other));
    return restricted(
      `components/${room}`,
      [...rooms.map((other) => `components/${other}`), ...FOLDERS.components],
      [...otherFolders("components"), ...others.map((other) => `${other}/`)],
    );
  }),
];

/** Beginnings of what a folder may not import, as regular expressions. */
function otherFolders(folder) {
  const allowed = FOLDERS[folder];
  const others = FOLDER_NAMES.filter((other) => other !== folder && !allowed.includes(other));
  return [
    // The program composes the rest, so nothing imports it.
    "index$",
    ...others.map((other) => {
      const parts = allowed.filter((one) => one.startsWith(`${other}/`));
      const names = parts.map((part) => part.slice(other.length + 1));
      return names.length === 0 ? `${other}/` : `${other}/(?!(${names.join("|")})/)`;
    }),
  ];
}

function restricted(folder, allowed, forbidden) {
  const others = allowed.length === 0 ? "nothing of other folders" : allowed.join(", ");
  const message = `${folder} imports ${others}: eslint.boundaries.mjs says why.`;
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: `^(\\.\\./)+(${forbidden.join("|")})`, message }] },
      ],
    },
  };
}

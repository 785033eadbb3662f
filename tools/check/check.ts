import { inLocal } from "../paths";
import type { Runner } from "./counts";

/** One command whose exit code is a verdict, and how its output tells the tests it ran. */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** Those of its output, where it is more than a verdict. */
  readonly runners?: readonly Runner[];
}

/** A program of the Python environment that setup has made. */
export const venv = (program: string): string => inLocal("venv", "bin", program);

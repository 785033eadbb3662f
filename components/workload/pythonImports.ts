/** A module that Python code imports. */
export interface PythonImport {
  /** Its whole name; of a relative import the dots with it. */
  readonly module: string;
  /** Where the statement stands, counted from 1. */
  readonly line: number;
}

/** Comments and strings, the long ones first: what stands in them imports nothing. */
const NOT_CODE =
  /#[^\n]*|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g;

/** A statement begins a line, or follows `;` or `:` on it. */
const STATEMENT = /(?<=^|[;:])[ \t]*(?:from[ \t]+(\S+)[ \t]+import\b|import[ \t]+([^\n;]+))/gm;

/** A Python file with blanks in the place of comments and strings, so that every line keeps its number. */
export function codeOf(text: string): string {
  return text.replace(NOT_CODE, (skipped) => skipped.replace(/[^\n]/g, " "));
}

/** Modules that the statements of a Python file import, wherever they stand in it; names given to them are dropped. */
export function importsOf(text: string): PythonImport[] {
  const code = codeOf(text).replace(/\\\n/g, " \u2028");
  return [...code.matchAll(STATEMENT)].flatMap((found) => {
    const line = code.slice(0, found.index).split(/[\n\u2028]/).length;
    const modules = found[1] === undefined ? found[2].split(",") : [found[1]];
    return modules.map((module) => ({ module: module.trim().split(/\s/)[0], line }));
  });
}

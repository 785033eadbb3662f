/** A module that Python code imports. */
export interface PythonImport {
  /** Its full name, with the dots of a relative import. */
  readonly module: string;
  /** Line of the statement, from 1. */
  readonly line: number;
}

/** Comments and strings, triple-quoted ones first: they import nothing. */
const NOT_CODE =
  /#[^\n]*|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g;

/** A statement begins a line, or follows `;` or `:` on it. */
const STATEMENT = /(?<=^|[;:])[ \t]*(?:from[ \t]+(\S+)[ \t]+import\b|import[ \t]+([^\n;]+))/gm;

/** A Python file with comments and strings blanked out, so that line numbers stay the same. */
export function codeOf(text: string): string {
  return text.replace(NOT_CODE, (skipped) => skipped.replace(/[^\n]/g, " "));
}

/** Modules that a Python file imports, anywhere in it, without their aliases. */
export function importsOf(text: string): PythonImport[] {
  const code = codeOf(text).replace(/\\\n/g, " \u2028");
  return [...code.matchAll(STATEMENT)].flatMap((found) => {
    const line = code.slice(0, found.index).split(/[\n\u2028]/).length;
    const modules = found[1] === undefined ? found[2].split(",") : [found[1]];
    return modules.map((module) => ({ module: module.trim().split(/\s/)[0], line }));
  });
}

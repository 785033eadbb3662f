import { expect } from "chai";

import { importsOf } from "../../components/workload/pythonImports";

const importsIn = (...lines: string[]) =>
  importsOf(lines.join("\n")).map(({ module, line }) => `${line} ${module}`);

describe("imports of a Python file", () => {
  it("are found in every form of the statement, wherever it stands", () => {
    expect(
      importsIn(
        "import numpy",
        "import os.path as path, json",
        "from a.b import (",
        "    c,",
        ")",
        "from . import near",
        "from ..far import x",
        "def f():",
        "    import inside",
        "try: import tried",
        "x = 1; import second; from third import y",
        "import \\",
        "    continued",
        "import last  # why",
      ),
    ).to.deep.equal([
      "1 numpy",
      "2 os.path",
      "2 json",
      "3 a.b",
      "6 .",
      "7 ..far",
      "9 inside",
      "10 tried",
      "11 second",
      "11 third",
      "12 continued",
      "14 last",
    ]);
  });

  it("are not what comments, strings and names say", () => {
    expect(
      importsIn(
        '"""Say "why".',
        "import prose",
        'from here import \\""" there',
        '"""',
        "# import comment",
        "text = '# no comment'; import real",
        "other = \"it's\"; x = 'import quoted'",
        "'''",
        "from quoted import x",
        "'''",
        "important = from_import = 1",
        "raise ValueError from error",
      ),
    ).to.deep.equal(["6 real"]);
  });
});

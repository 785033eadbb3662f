import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { neededModules } from "../../components/job/sparkModules";
import { inRepository } from "../../tools/paths";

describe("modules of a Spark job", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "modules-"));
    mkdirSync(join(folder, "streaming_ml"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, ...lines: string[]) =>
    writeFileSync(join(folder, path), lines.join("\n"));

  it("are those it imports, and those they import, once", () => {
    write(
      "job.py",
      "from streaming_ml.query import start",
      "import streaming_ml.lock",
      "import streaming",
    );
    write(
      "streaming_ml/query.py",
      "def f():",
      "    from streaming_ml.lake import write",
      "import os",
    );
    write("streaming_ml/lock.py", "from streaming_ml.lake import (", "    write,", ")");
    write("streaming_ml/lake.py", "from streaming_ml.query import start");
    write("streaming_ml/unused.py");
    expect(neededModules(folder, "job.py")).to.deep.equal(["lake", "lock", "query"]);
  });

  it("must be there", () => {
    write("job.py", "from streaming_ml.gone import start");
    expect(() => neededModules(folder, "job.py")).to.throw(
      "imports streaming_ml.gone, but there is no streaming_ml/gone.py",
    );
  });

  it("separate the jobs: code that only the streaming job runs changes no other job", () => {
    const modules = (job: string) => neededModules(inRepository("spark"), job);
    const streaming = modules("streaming_job.py");
    const batch = [...modules("training_set_job.py"), ...modules("compaction_job.py")];
    expect(streaming).to.include.members(["query", "lock", "reading", "supervision"]);
    expect(batch).to.include.members(["history", "compaction", "training_set"]);
    for (const own of ["query", "lock", "reading", "supervision"]) {
      expect(batch, own).to.not.include(own);
    }
    for (const own of ["history", "compaction", "training_set"]) {
      expect(streaming, own).to.not.include(own);
    }
  });
});

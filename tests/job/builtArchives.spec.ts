import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { builtArchives, packArchives, PUBLISHED, SET_UP } from "../../components/job/builtArchives";

describe("the archives of what setup has made", () => {
  let root: string;

  const write = (path: string, text: string): void => {
    mkdirSync(join(root, ".local", path, ".."), { recursive: true });
    writeFileSync(join(root, ".local", path), text);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "built-archives-"));
    write("java/streamingml/Masks.class", "classes");
    write("kinesis-client/streamingml/relocated/Client.class", "client");
    write("phone-numbers/libphonenumber.jar", "numbers");
    write("driver-dependencies/boto3/__init__.py", "import botocore");
    write("driver-dependencies/bin/jp.py", "#!/somewhere");
    write("driver-dependencies/boto3.dist-info/RECORD", "/somewhere");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("are read as they were packed, whatever has changed since", () => {
    packArchives(root);
    const packed = builtArchives(root);
    write("java/streamingml/Masks.class", "other classes");
    expect(builtArchives(root)).to.deep.equal(packed);
    expect(packed.phoneNumbers.path).to.equal(join(root, SET_UP, packed.phoneNumbers.fileName));
    expect(readFileSync(packed.phoneNumbers.path, "utf8")).to.equal("numbers");
    packArchives(root);
    const again = builtArchives(root);
    expect(again.streamingJob.sha256).to.not.equal(packed.streamingJob.sha256);
    expect(again.driverDependencies).to.deep.equal(packed.driverDependencies);
  });

  it("are the same wherever the driver's dependencies were installed", () => {
    packArchives(root);
    const { driverDependencies } = builtArchives(root);
    write("driver-dependencies/bin/jp.py", "#!/elsewhere");
    write("driver-dependencies/boto3.dist-info/RECORD", "/elsewhere");
    packArchives(root);
    expect(builtArchives(root).driverDependencies).to.deep.equal(driverDependencies);
  });

  it("are those that an installed package came with, where nothing was set up", () => {
    packArchives(root);
    mkdirSync(join(root, PUBLISHED, ".."));
    renameSync(join(root, SET_UP), join(root, PUBLISHED));
    const { streamingJob } = builtArchives(root);
    expect(streamingJob.path).to.equal(join(root, PUBLISHED, streamingJob.fileName));
  });

  it("are missing with a sentence that says what makes them", () => {
    expect(() => builtArchives(root)).to.throw(/archives\.json does not exist\. Run "make setup"/);
  });
});

import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Service, ServiceDefinition } from "../../local/environment/service";
import { killRun, processesOfRun, RUN_MARKER } from "../../local/environment/session";

describe("the process of a stand-in", () => {
  let directory: string;

  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "service-"));
  });

  afterEach(() => {
    killRun(directory);
    fs.rmSync(directory, { recursive: true });
  });

  function definition(script: string): ServiceDefinition {
    return {
      name: "sample",
      command: process.execPath,
      arguments: ["-e", script],
      environment: { PATH: process.env.PATH ?? "", [RUN_MARKER]: directory },
      workingDirectory: directory,
      logDirectory: directory,
    };
  }

  const listen = 'console.log("Listening on http://127.0.0.1:4711");setInterval(() => {}, 1000);';

  it("has started when it prints its address, and has ended when it is stopped", async () => {
    const service = await Service.start(definition(listen));
    expect(service.url).to.equal("http://127.0.0.1:4711");
    expect(processesOfRun(directory)).to.deep.equal([service.pid]);
    await service.stop();
    expect(processesOfRun(directory)).to.deep.equal([]);
  });

  it("says why it did not start, with the log and its last lines", async () => {
    const script = 'console.error("port 80 is taken");process.exit(3)';
    let message = "";
    try {
      await Service.start(definition(script));
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).to.contain('The stand-in "sample" did not start');
    expect(message).to.contain("it ended with exit code 3");
    expect(message).to.contain("sample.log");
    expect(message).to.contain("port 80 is taken");
  });

  it("reports when it ends unexpectedly, but not when it is stopped", async () => {
    const service = await Service.start(definition(listen));
    const reason = new Promise<string>((resolve) => service.onUnexpectedExit(resolve));
    process.kill(service.pid, "SIGKILL");
    expect(await reason).to.contain('The stand-in "sample" ended with SIGKILL');
    const other = await Service.start(definition(listen));
    let called = false;
    other.onUnexpectedExit(() => (called = true));
    await other.stop();
    expect(called).to.equal(false);
  });

  it("finds and ends a grandchild that has a session of its own", async () => {
    const grandchild =
      'require("node:child_process").spawn(process.execPath,' +
      '["-e","setInterval(() => {}, 1000)"],{detached:true,stdio:"ignore"}).unref();';
    const service = await Service.start(definition(grandchild + listen));
    expect(processesOfRun(directory)).to.have.length(2);
    await service.stop();
    expect(processesOfRun(directory)).to.have.length(1);
    killRun(directory);
    while (processesOfRun(directory).length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
});

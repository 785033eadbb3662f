import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

function start(...options: string[]): ChildProcess {
  const command = ["-r", "tsx/cjs", "local/gateway/main.ts", ...options];
  return spawn(process.execPath, command, { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] });
}

async function exitOf(child: ChildProcess): Promise<{ code: unknown; errors: string }> {
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
  const [code] = (await once(child, "close")) as unknown[];
  return { code, errors };
}

async function readyLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, "data")) as [Buffer];
  return chunk.toString("utf8");
}

describe("the gateway process", () => {
  it("prints its address and ends with 0 on SIGTERM", async () => {
    const child = start("--port", "0");
    const exit = exitOf(child);
    const line = await readyLine(child);
    expect(line).to.match(/^Listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    const response = await fetch(`${line.trim().split(" ").at(-1)}/restapis/none`);
    expect(await response.json()).to.deep.equal({
      message: "Invalid API identifier none specified",
    });
    child.kill("SIGTERM");
    expect((await exit).code).to.equal(0);
  });

  it("ends with its parent, if asked to", async () => {
    const child = start("--exit-with-parent");
    const exit = exitOf(child);
    await readyLine(child);
    child.stdin?.end();
    expect((await exit).code).to.equal(0);
  });

  it("says why it cannot listen", async () => {
    const blocker = createServer();
    blocker.listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };
    const { code, errors } = await exitOf(start("--port", String(port)));
    blocker.close();
    expect(code).to.equal(1);
    expect(errors).to.equal(`listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
  });

  it("refuses a port that is not valid", async () => {
    const { code, errors } = await exitOf(start("--port", "70000"));
    expect(code).to.equal(1);
    expect(errors).to.contain("It must be a whole number from 0 to 65535.");
  });
});

import * as os from "node:os";

/** Nothing but what `go.sum` says is downloaded, whatever the person's own settings are. */
export const GO_ENVIRONMENT = { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" };

/** A compiler has ended before collecting garbage has paid. */
const GARBAGE_PERCENT = "800";

/** One compiler runs on each core: together they fill half of the machine's memory before they collect more garbage. */
export function compilerMemory(
  bytes: number = os.totalmem(),
  cores: number = os.availableParallelism(),
): { readonly GOGC: string; readonly GOMEMLIMIT: string } {
  const mebibytes = Math.floor(bytes / 2 / cores / 2 ** 20);
  return { GOGC: GARBAGE_PERCENT, GOMEMLIMIT: `${mebibytes}MiB` };
}

/**
 * Logs a warning in the deployment or preview from the process of a dynamic provider. `pulumi.log` does not reach the
 * engine there: the process gets the engine's address only as its first argument.
 */
export async function warnInDeployment(message: string): Promise<void> {
  const { log, runtime } = await import("@pulumi/pulumi");
  const engine = process.argv[2];
  if (engine !== undefined) {
    runtime.resetOptions("", "", -1, engine, "", false, "");
  }
  await log.warn(message);
}

/**
 * Warns in the deployment, or its preview, from the process of a dynamic provider. What `pulumi.log` says there does not
 * reach the engine by itself: the process is told of it in its first argument only.
 */
export async function warnInDeployment(message: string): Promise<void> {
  const { log, runtime } = await import("@pulumi/pulumi");
  const engine = process.argv[2];
  if (engine !== undefined) {
    runtime.resetOptions("", "", -1, engine, "", false, "");
  }
  await log.warn(message);
}

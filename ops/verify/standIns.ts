const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the SDK's standard variables send its calls to this machine instead of AWS. */
export function standInsAnswer(environment: NodeJS.ProcessEnv): boolean {
  const { AWS_ENDPOINT_URL: endpoint } = environment;
  return (
    endpoint !== undefined && URL.canParse(endpoint) && LOOPBACK.test(new URL(endpoint).hostname)
  );
}

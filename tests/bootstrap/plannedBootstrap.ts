import program from "../../bootstrap/index";
import { mockStack, settled, valueOf } from "../shared/pulumiMocks";

/** What an account with two stacks says of itself. */
export const CONFIG = {
  "aws:region": "us-east-1",
  "streaming-ml-bootstrap:repository": "owner/name",
  "streaming-ml-bootstrap:stacks": ["dev", "prod"],
  "streaming-ml-bootstrap:operators": ["arn:aws:iam::123456789012:role/platform"],
};

/** Plans the bootstrap program under mocks. */
export async function plan(config: Record<string, unknown> = CONFIG) {
  const registered = await mockStack("account", config);
  const outputs = await valueOf(await program());
  await settled();
  return { registered, outputs };
}

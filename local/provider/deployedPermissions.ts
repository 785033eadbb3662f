/** What the stand-ins need to decide calls: roles, policies, keys and what they encrypt. */
import * as fs from "node:fs";
import * as path from "node:path";

import { plain, type Properties } from "./wire";

/** Environment variable with the folder; without it no policy is enforced. */
export const PERMISSIONS_VARIABLE = "STREAMING_ML_PERMISSIONS";

/** File in the folder; `local/permissions` reads it. */
const FILE = "deployed.json";

/** Types that say who may do what. No other type is stored: some contain secrets. */
const TYPES = new Set([
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:kinesis/resourcePolicy:ResourcePolicy",
  "aws:kinesis/stream:Stream",
  "aws:kms/key:Key",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:secretsmanager/secret:Secret",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
]);

/** One resource, as it is stored. */
export interface DeployedResource {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly id: string;
  /** Empty if it has none. */
  readonly arn: string;
  readonly inputs: Properties;
}

/** Stores the deployment's permissions in a file, which is never seen half written. */
export class DeployedPermissions {
  private resources?: DeployedResource[];

  /** @param folder folder of the run; created when there is something to store */
  constructor(private readonly folder: string) {}

  /** Permissions of the run that this process belongs to; undefined outside of a run. */
  static of(environment: NodeJS.ProcessEnv): DeployedPermissions | undefined {
    const folder = environment[PERMISSIONS_VARIABLE];
    return folder === undefined || folder === "" ? undefined : new DeployedPermissions(folder);
  }

  /** Stores a resource that was created or changed. */
  put(type: string, name: string, id: string, inputs: Properties, outputs: Properties): void {
    if (TYPES.has(type)) {
      const arn = typeof outputs.arn === "string" ? outputs.arn : "";
      const resource = { type, name, id, arn, inputs: plain<Properties>(inputs) };
      this.write([...this.without(type, id), resource]);
    }
  }

  /** Removes a resource that was deleted. */
  remove(type: string, id: string): void {
    if (TYPES.has(type)) {
      this.write(this.without(type, id));
    }
  }

  private get file(): string {
    return path.join(this.folder, FILE);
  }

  private without(type: string, id: string): DeployedResource[] {
    this.resources ??= fs.existsSync(this.file)
      ? (JSON.parse(fs.readFileSync(this.file, "utf8")) as DeployedResource[])
      : [];
    return this.resources.filter((one) => one.type !== type || one.id !== id);
  }

  private write(resources: DeployedResource[]): void {
    this.resources = resources;
    fs.mkdirSync(this.folder, { recursive: true });
    const unfinished = `${this.file}.unfinished`;
    fs.writeFileSync(unfinished, JSON.stringify(resources));
    fs.renameSync(unfinished, this.file);
  }
}

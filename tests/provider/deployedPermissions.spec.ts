import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import {
  DeployedPermissions,
  PERMISSIONS_VARIABLE,
} from "../../local/provider/deployedPermissions";
import { AwsStandIn } from "../../local/provider/standIn";
import { secret } from "../../local/provider/wire";

const urn = (type: string, name: string) =>
  `urn:pulumi:local::streaming-ml::streaming-ml:room:Room$${type}::${name}`;
const ROLE = "aws:iam/role:Role";
const PERMISSIONS = "aws:iam/rolePolicy:RolePolicy";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

describe("permissions of a deployment that the provider stores", () => {
  let folder: string;
  let provider: AwsStandIn;

  beforeEach(() => {
    folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "permissions-")), "permissions");
    provider = new AwsStandIn(() => undefined, new DeployedPermissions(folder));
    provider.configure({ region: "us-east-1" });
  });

  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

  const kept = (): unknown =>
    JSON.parse(fs.readFileSync(path.join(folder, "deployed.json"), "utf8"));

  it("are all resources that say who may do what, without secret wrappers", async () => {
    const trust = secret("{}");
    await provider.create(urn(ROLE, "job"), { name: "job-1", assumeRolePolicy: trust }, false);
    expect(kept()).to.deep.equal([
      {
        type: ROLE,
        name: "job",
        id: "job-1",
        arn: "arn:aws:iam::123456789012:role/job-1",
        inputs: { name: "job-1", assumeRolePolicy: "{}" },
      },
    ]);
  });

  it("are nothing else: the value of a secret is not among them", async () => {
    const inputs = { secretId: "key", secretString: secret("in clear text") };
    await provider.create(urn(SECRET_VERSION, "key"), inputs, false);
    expect(fs.existsSync(folder)).to.equal(false);
  });

  it("follow changes and deletions, but not the plan of a preview", async () => {
    const policy = (text: string) => ({ role: "job-1", name: "rights", policy: text });
    const { id } = await provider.create(urn(PERMISSIONS, "rights"), policy("1"), false);
    await provider.create(urn(PERMISSIONS, "rights"), policy("0"), true);
    await provider.update(urn(PERMISSIONS, "rights"), id, policy("1"), policy("3"), true);
    await provider.update(urn(PERMISSIONS, "rights"), id, policy("1"), policy("2"), false);
    expect(kept()).to.deep.equal([
      { type: PERMISSIONS, name: "rights", id, arn: "", inputs: policy("2") },
    ]);
    await provider.delete(urn(PERMISSIONS, "rights"), id, policy("2"));
    expect(kept()).to.deep.equal([]);
  });

  it("include those that an earlier process has stored", async () => {
    await provider.create(urn(ROLE, "a"), { name: "a", assumeRolePolicy: "{}" }, false);
    const next = new AwsStandIn(() => undefined, new DeployedPermissions(folder));
    next.configure({ region: "us-east-1" });
    await next.create(urn(ROLE, "b"), { name: "b", assumeRolePolicy: "{}" }, false);
    expect((kept() as { name: string }[]).map(({ name }) => name)).to.deep.equal(["a", "b"]);
  });

  it("are in the folder that the variable of the run names", () => {
    expect(DeployedPermissions.of({})).to.equal(undefined);
    const found = DeployedPermissions.of({ [PERMISSIONS_VARIABLE]: folder });
    found?.put(ROLE, "job", "job-1", { name: "job-1" }, { arn: "arn" });
    expect(kept()).to.have.length(1);
  });
});

import { expect } from "chai";

import { lakeConfigSchema } from "../../components/lake/config";
import { find, mockStack, namesOf, type Registered, valueOf } from "../shared/pulumiMocks";
import { KEY, keyed, plain, planLake } from "./plannedLake";

// These tests prove the inputs we send; not that AWS accepts them.

describe("the secret keys of a DataLake", () => {
  let registered: Registered[];

  beforeEach(async () => {
    registered = await mockStack("test");
  });

  const SECRET = "aws:secretsmanager/secret:Secret";
  const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

  it("names the secrets of its keys, and the version that quarantine is encrypted with", async () => {
    const { userKeySecretArn, quarantineKeySecretArn, quarantineKeyVersionId } = await planLake();
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret";
    expect(await valueOf(userKeySecretArn)).to.equal(`${secret}:lake-user-key-v1`);
    expect(await valueOf(quarantineKeySecretArn)).to.equal(`${secret}:lake-quarantine-key-v1`);
    expect(await valueOf(quarantineKeyVersionId)).to.equal("lake-quarantine-key-v1-id-of-version");
  });

  for (const key of ["lake-user-key", "lake-quarantine-key"]) {
    it(`keeps ${key} secret, also in the state, and never replaces it by itself`, async () => {
      await planLake();
      const { inputs, options } = find(registered, VERSION, `${key}-v1`);
      expect(inputs.secretId).to.equal(`${key}-id`);
      expect(Buffer.from(inputs.secretString as string, "base64")).to.have.length(32);
      expect(options.secrets).to.deep.equal(["secretString"]);
      expect(options.ignoreChanges).to.deep.equal(["secretString"]);
    });

    it(`encrypts ${key} with the stack's own key, where it has one`, async () => {
      await planLake(plain);
      expect(find(registered, SECRET, key).inputs).to.have.all.keys(
        "description",
        "recoveryWindowInDays",
      );
      expect(find(registered, SECRET, key).inputs.recoveryWindowInDays).to.equal(0);
      registered = await mockStack("test");
      await planLake(keyed);
      expect(find(registered, SECRET, key).inputs).to.include({
        kmsKeyId: KEY,
        recoveryWindowInDays: 30,
      });
    });
  }

  it("has two different keys", async () => {
    await planLake();
    const value = (key: string) => find(registered, VERSION, `${key}-v1`).inputs.secretString;
    expect(value("lake-user-key")).to.not.equal(value("lake-quarantine-key"));
  });

  it("gives a new version of a key a name of its own", async () => {
    await planLake(
      lakeConfigSchema.parse({
        firstDay: "2026-01-01",
        userKeyVersion: 2,
        quarantineKeyVersion: 3,
      }),
    );
    expect(namesOf(registered, VERSION)).to.have.members([
      "lake-user-key-v2",
      "lake-quarantine-key-v3",
    ]);
  });

  it("leaves older keys of the quarantine in place: what they encrypted is still there", async () => {
    await planLake();
    const retained = (key: string) => find(registered, VERSION, `${key}-v1`).options.retainOnDelete;
    expect(retained("lake-quarantine-key")).to.equal(true);
    expect(retained("lake-user-key")).to.not.equal(true);
  });
});

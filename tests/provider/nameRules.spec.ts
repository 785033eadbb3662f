import { expect } from "chai";

import { nameProblem, nameRules } from "../../local/provider/nameRules";
import { resourceTypes } from "../../local/provider/resourceTable";
import { modelShape, resourceInputs } from "./installedTypes";

/** Names that services disagree about. */
const PROBES = [
  "a",
  "abc",
  "A",
  "a_b",
  "a.b",
  "a b",
  "a/b",
  "a:b",
  "a#b",
  "a+b",
  "-ab",
  "ab-",
  "a--b",
  "1a",
  "ä",
  "a\\b",
  "a*b",
  "a\nb",
];

/** The name by which a resource itself goes, in the words of its own type. */
function ownName(type: string): string | undefined {
  const name = type.split(":").at(-1)!;
  const own = `${name[0].toLowerCase()}${name.slice(1)}`;
  return resourceInputs(type).find((input) => ["name", own, `${own}Name`].includes(input));
}

/** Without what only Java's expressions know: printable characters, flags inside, ranges over two code units. */
function asJavaScript(pattern: string): RegExp {
  const source = pattern
    .replace("\\p{Print}", "[\\x20-\\x7e]")
    .replace("(?i)", "")
    .replace("\\uD800\\uDC00-\\uDBFF\\uDFFF", "");
  return new RegExp(`^(?:${source})$`);
}

describe("rules for names", () => {
  it("exist for every resource type that has a name", () => {
    const named = Object.keys(resourceTypes).filter((type) => ownName(type) !== undefined);
    expect(named.length).to.be.greaterThan(25);
    expect(named.filter((type) => nameRules[type] === undefined)).to.deep.equal([]);
  });

  it("are for types of the table, and for properties that these have", () => {
    for (const [type, { property }] of Object.entries(nameRules)) {
      expect(Object.keys(resourceTypes)).to.include(type);
      expect(resourceInputs(type), type).to.include(property);
    }
  });

  for (const [type, rule] of Object.entries(nameRules)) {
    const { source } = rule;
    if (source.kind === "page") {
      continue;
    }
    it(`for ${type} are those of AWS's API model, or stricter with a reason`, () => {
      const shape = modelShape(source.service, source.shape);
      expect(shape, `${source.service} ${source.shape}`).to.not.equal(undefined);
      const { max, pattern } = shape!;
      const takes = (probe: string): boolean =>
        probe.length <= (max ?? Infinity) &&
        (pattern === undefined || asJavaScript(pattern).test(probe));
      const ours = (probe: string): boolean => nameProblem(rule, probe) === undefined;
      const prefix = source.shape === "AliasNameType" ? "alias/" : "";
      const probes = [...PROBES, "a".repeat(rule.maximumLength), "a".repeat((max ?? 300) + 1)];
      const looser = probes.map((p) => prefix + p).filter((p) => ours(p) && !takes(p));
      expect(looser, "AWS refuses what the rule accepts").to.deep.equal([]);
      const stricter = probes.map((p) => prefix + p).filter((p) => takes(p) && !ours(p));
      if (max !== undefined && max > rule.maximumLength) {
        stricter.push(`${rule.maximumLength} instead of ${max} characters`);
      }
      expect(stricter.length > 0, `stricter than the model: ${stricter.join(", ")}`).to.equal(
        source.stricterBecause !== undefined,
      );
    });
  }

  it("say what is wrong in one sentence", () => {
    const bucket = nameRules["aws:s3/bucket:Bucket"];
    expect(nameProblem(bucket, "a_b")).to.equal(
      '"a_b" is not a valid "bucket": allowed are 3 to 63 lower-case letters, digits and hyphens, ' +
        "with a letter or digit at both ends",
    );
    expect(nameProblem(bucket, "ab")).to.not.equal(undefined);
    expect(nameProblem(bucket, "x".repeat(64))).to.match(/has 64 characters.* at most 63$/);
    expect(nameProblem(nameRules["aws:ec2/securityGroup:SecurityGroup"], "sg-1")).to.match(/sg-/);
    const secret = nameRules["aws:secretsmanager/secret:Secret"];
    expect(nameProblem(secret, "key-abc123")).to.not.equal(undefined);
    expect(nameProblem(secret, "key-abc1234")).to.equal(undefined);
  });
});

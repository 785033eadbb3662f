import { specialAssetSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { expect } from "chai";

import { changedInputs, replaces, topLevel } from "../../local/provider/difference";
import {
  documented,
  replacedOn,
  replacedOnAllBut,
  replacementUnknown,
} from "../../local/provider/resourceType";
import { secret } from "../../local/provider/wire";

const asset = (hash: string, path: string) => ({ [specialSigKey]: specialAssetSig, hash, path });

describe("changed inputs", () => {
  it("finds no change between equal inputs, and ignores the provider's own properties", () => {
    const inputs = { name: "events", tags: { a: "1" }, list: [1, { b: true }] };
    expect(
      changedInputs({ ...inputs, __defaults: ["name"] }, structuredClone(inputs)),
    ).to.deep.equal([]);
  });

  it("names an added, a removed and a changed value by its path", () => {
    const changes = changedInputs(
      { gone: 1, deep: [{ size: 1 }], tags: { "with.dot": "a" } },
      { come: 1, deep: [{ size: 2 }], tags: { "with.dot": "b" } },
    );
    expect(changes).to.have.deep.members([
      { path: "gone", kind: "delete" },
      { path: "come", kind: "add" },
      { path: "deep[0].size", kind: "update" },
      { path: 'tags["with.dot"]', kind: "update" },
    ]);
  });

  it("notices a longer and a shorter list", () => {
    expect(changedInputs({ ids: ["a"] }, { ids: ["a", "b"] })).to.deep.equal([
      { path: "ids[1]", kind: "add" },
    ]);
    expect(changedInputs({ ids: ["a", "b"] }, { ids: ["a"] })).to.deep.equal([
      { path: "ids[1]", kind: "delete" },
    ]);
  });

  it("compares secrets by their value", () => {
    expect(changedInputs({ key: secret("a") }, { key: secret("a") })).to.deep.equal([]);
    expect(changedInputs({ key: secret("a") }, { key: secret("b") })).to.deep.equal([
      { path: "key", kind: "update" },
    ]);
  });

  it("compares assets by their content, not by their path", () => {
    expect(changedInputs({ s: asset("1", "a.py") }, { s: asset("1", "b.py") })).to.deep.equal([]);
    expect(changedInputs({ s: asset("1", "a.py") }, { s: asset("2", "a.py") })).to.deep.equal([
      { path: "s", kind: "update" },
    ]);
  });

  it("treats an unknown value as a change", () => {
    expect(changedInputs({ arn: "arn:x" }, { arn: unknownValue })).to.deep.equal([
      { path: "arn", kind: "update" },
    ]);
  });
});

describe("replacement", () => {
  it("covers a listed property and everything below it, but not one with the same beginning", () => {
    const rule = replacedOn(documented("a source"), "name", "ec2Attributes");
    expect(replaces(rule, "name")).to.equal(true);
    expect(replaces(rule, "ec2Attributes.subnetIds[0]")).to.equal(true);
    expect(replaces(rule, "namePrefix")).to.equal(false);
    expect(replaces(rule, "tags.name")).to.equal(false);
  });

  it("covers everything except the listed properties", () => {
    const rule = replacedOnAllBut(
      documented("a source"),
      "tags",
      "coreInstanceGroup.instanceCount",
    );
    expect(replaces(rule, 'tags["x"]')).to.equal(false);
    expect(replaces(rule, "coreInstanceGroup.instanceCount")).to.equal(false);
    expect(replaces(rule, "coreInstanceGroup.instanceType")).to.equal(true);
    expect(replaces(rule, "name")).to.equal(true);
  });

  it("covers nothing where it was not looked up", () => {
    expect(replaces(replacementUnknown, "name")).to.equal(false);
  });

  it("gives the engine the top-level property", () => {
    expect(topLevel("productionVariants[0].modelName")).to.equal("productionVariants");
    expect(topLevel("name")).to.equal("name");
  });
});

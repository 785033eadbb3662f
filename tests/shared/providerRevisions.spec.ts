import { expect } from "chai";

import {
  currentRevisions,
  dynamicResources,
  knownRevisions,
  PROVIDERS,
  staleRevision,
} from "./providerRevisions";

describe("code that runs from the state", () => {
  it("belongs to the resources that are known here", () => {
    expect(dynamicResources()).to.deep.equal(Object.keys(PROVIDERS));
  });

  const current = currentRevisions();

  for (const resource of Object.keys(PROVIDERS)) {
    it(`has not changed below the revision of ${resource}`, () => {
      expect(staleRevision(resource, knownRevisions()[resource], current[resource])).to.equal(
        undefined,
      );
    });
  }

  it("needs a new revision as soon as it changes", () => {
    const [resource, now] = Object.entries(current)[0];
    const changed = { ...now, code: "other" };
    expect(staleRevision(resource, now, changed)).to.match(
      /^The code that components\/endpoint\/endpointProvider\.ts reaches has changed, .* raise PROVIDER_REVISION in /,
    );
    expect(staleRevision(resource, now, { ...changed, revision: now.revision + 1 })).to.match(
      /has another revision than is known/,
    );
  });
});

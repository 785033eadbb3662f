import type { ResourceTable, ResourceType } from "./resourceType";
import { apiTypes } from "./tables/api";
import { clusterTypes } from "./tables/cluster";
import { lakeTypes } from "./tables/lake";
import { learningTypes } from "./tables/learning";
import { networkTypes } from "./tables/network";
import { observabilityTypes } from "./tables/observability";
import { securityTypes } from "./tables/security";
import { streamTypes } from "./tables/stream";

/** Every resource type that the stand-in knows, by Pulumi type token. */
export const resourceTypes: ResourceTable = {
  ...networkTypes,
  ...securityTypes,
  ...streamTypes,
  ...lakeTypes,
  ...clusterTypes,
  ...learningTypes,
  ...apiTypes,
  ...observabilityTypes,
};

/**
 * The row of a type.
 *
 * @throws if the type has none: with guessed ids and replacements an offline preview would be wrong,
 * so a new type is looked up once and gets a row
 */
export function resourceType(token: string): ResourceType {
  const row = resourceTypes[token];
  if (row === undefined) {
    throw new Error(
      `The offline provider does not know the resource type "${token}". ` +
        `Add a row for it (id, computed outputs, inputs that replace it) in local/provider/tables.`,
    );
  }
  return row;
}

import { computeTypes } from "./computeTypes";
import { dataTypes } from "./dataTypes";
import { networkTypes } from "./networkTypes";
import type { PermissionTable } from "./permissionRow";
import { programTypes } from "./programTypes";
import { servingTypes } from "./servingTypes";

/** Every type that a stack plans, with what it takes. */
export const PERMISSIONS: PermissionTable = {
  ...networkTypes,
  ...dataTypes,
  ...computeTypes,
  ...servingTypes,
  ...programTypes,
};

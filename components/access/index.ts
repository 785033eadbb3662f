export { AccessRoles, type AccessRolesArgs } from "./accessRoles";
export type { AccessSettings } from "./config";

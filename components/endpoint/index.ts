export { ModelEndpoint, type ModelEndpointArgs } from "./modelEndpoint";
export { DeployOnApproval, type DeployOnApprovalArgs } from "./deployOnApproval";
export { findApprovedModel, type ApprovedModel, type ApprovedModelQuery } from "./approvedModel";
export type { EndpointSettings } from "./config";

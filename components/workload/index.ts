export { DeployedContract, type DeployedContractArgs } from "./deployedContract";
export { loadWorkload, type LoadedWorkload } from "./loadWorkload";
export type { ContractArgs } from "../shared/contractArgs";
export { compileEventSchema, type EventContract } from "../../contracts/event/compile";
export { compilePredictionSchema } from "../../contracts/prediction/compile";
export type { PredictionContract } from "../../contracts/prediction/predictionContract";

export { SparkCluster, type SparkClusterArgs } from "./sparkCluster";
export { findCluster, type ClusterIdentity, type ClusterQuery } from "./clusterLookup";
export type { ClusterSettings } from "./config";

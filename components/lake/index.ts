export { DataLake, type DataLakeArgs } from "./dataLake";
export { StorageBucket, type StorageBucketArgs } from "./storageBucket";
export type { LakeSettings } from "./config";

import { fakeClient } from "./fakeClient";

const VERSIONS = [
  { version: 3, approval: "PendingManualApproval" },
  { version: 2, approval: "Approved" },
  { version: 1, approval: "Rejected" },
];

/** A registry with one version of each approval, newest first. */
export function registry(versions = VERSIONS) {
  return fakeClient({
    ListModelPackages: () => ({
      ModelPackageSummaryList: versions.map(({ version, approval }) => ({
        ModelPackageArn: `arn:package/${version}`,
        ModelPackageVersion: version,
        ModelApprovalStatus: approval,
        CreationTime: new Date("2026-01-02T03:04:05Z"),
      })),
    }),
    DescribeModelPackage: () => ({
      CustomerMetadataProperties: {
        "metric:macro_f1": "0.75123",
        "metric:accuracy": "0.76",
        margin: "0.01",
      },
    }),
    UpdateModelPackage: () => ({}),
  });
}

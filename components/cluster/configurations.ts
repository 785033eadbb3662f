import { APPLICATION_ATTEMPTS } from "../shared/emr";

/** One entry of EMR's configuration list. */
export interface Classification {
  readonly Classification: string;
  readonly Properties: Readonly<Record<string, string>>;
}

/** Seconds between two uploads of the logs of a container that never ends. */
const LOG_UPLOAD_SECONDS = 3600;

/**
 * What a node is set up with. A change replaces the cluster, so what belongs to one job travels with its step.
 * Node labels cannot be switched on later: without them a driver may land on a spot node and go with it.
 */
export function clusterConfigurations(): Classification[] {
  return [
    {
      Classification: "spark-defaults",
      Properties: {
        "spark.speculation": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.streaming.stateStore.providerClass":
          "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
      },
    },
    {
      Classification: "yarn-site",
      Properties: {
        "yarn.node-labels.enabled": "true",
        "yarn.node-labels.am.default-node-label-expression": "ON_DEMAND",
        "yarn.resourcemanager.am.max-attempts": String(APPLICATION_ATTEMPTS),
        "yarn.log-aggregation-enable": "true",
        "yarn.nodemanager.log-aggregation.roll-monitoring-interval-seconds":
          String(LOG_UPLOAD_SECONDS),
      },
    },
    {
      Classification: "capacity-scheduler",
      Properties: {
        // Counts cores as well as memory: one core per shard is what the job's speed rests on.
        "yarn.scheduler.capacity.resource-calculator":
          "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator",
        // Drivers may fill a tenth of the nodes by default, which the streaming job's driver does alone: a job that
        // builds a training set would then wait for ever.
        "yarn.scheduler.capacity.maximum-am-resource-percent": "1",
      },
    },
  ];
}

export interface SecurityConfigurationInput {
  /** Key of the nodes' disks. Absent: disks are not encrypted. */
  readonly diskKeyArn?: string;
  /** `s3://` address of a zip with PEM certificates. Absent: no encryption between nodes. */
  readonly transitCertificates?: string;
}

/** EMR security configuration: disks, traffic between nodes, and instance metadata by session token only. */
export function securityConfiguration(input: SecurityConfigurationInput): Record<string, unknown> {
  return {
    EncryptionConfiguration: {
      EnableAtRestEncryption: input.diskKeyArn !== undefined,
      ...(input.diskKeyArn === undefined
        ? {}
        : {
            AtRestEncryptionConfiguration: {
              LocalDiskEncryptionConfiguration: {
                EncryptionKeyProviderType: "AwsKms",
                AwsKmsKey: input.diskKeyArn,
                EnableEbsEncryption: true,
              },
            },
          }),
      EnableInTransitEncryption: input.transitCertificates !== undefined,
      ...(input.transitCertificates === undefined
        ? {}
        : {
            InTransitEncryptionConfiguration: {
              TLSCertificateConfiguration: {
                CertificateProviderType: "PEM",
                S3Object: input.transitCertificates,
              },
            },
          }),
    },
    InstanceMetadataServiceConfiguration: {
      MinimumInstanceMetadataServiceVersion: 2,
      HttpPutResponseHopLimit: 1,
    },
  };
}

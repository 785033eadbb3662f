import { APPLICATION_ATTEMPTS } from "../shared/emr";

/** One EMR configuration object. */
export interface Classification {
  readonly Classification: string;
  readonly Properties: Readonly<Record<string, string>>;
}

/** Seconds between two uploads of the logs of a container that never ends. */
const LOG_UPLOAD_SECONDS = 3600;

/**
 * EMR configurations of the nodes. A change replaces the cluster, so settings of one job are passed with its step.
 * Node labels cannot be enabled later: without them a driver may run on a spot node and be lost with it.
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
        // Schedules by cores as well as memory: the job's throughput needs one core per shard.
        "yarn.scheduler.capacity.resource-calculator":
          "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator",
        // By default drivers may use a tenth of the nodes, which the streaming job's driver uses alone: a job that
        // builds a training set would then wait forever.
        "yarn.scheduler.capacity.maximum-am-resource-percent": "1",
      },
    },
  ];
}

export interface SecurityConfigurationInput {
  /** Key that encrypts the nodes' EBS volumes. Absent: they are not encrypted. */
  readonly diskKeyArn?: string;
  /** `s3://` address of a zip with PEM certificates. Absent: no encryption between nodes. */
  readonly transitCertificates?: string;
}

/** EMR security configuration: EBS encryption, in-transit encryption, and IMDSv2 only. */
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

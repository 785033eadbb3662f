import { because, type PermissionTable } from "./permissionRow";

/** What our own resources and the program itself ask of AWS. Components of others ask nothing. */
export const programTypes: PermissionTable = {
  "pulumi-nodejs:dynamic/cluster:StreamingJobStep": {
    also: [
      because(
        "components/job/jobConnection.ts",
        "elasticmapreduce:AddJobFlowSteps",
        "elasticmapreduce:CancelSteps",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:PutObject",
      ),
    ],
  },
  "pulumi-nodejs:dynamic/endpoint:EndpointDeployment": {
    also: [
      because(
        "components/endpoint/deployEndpoint.ts",
        "sagemaker:AddTags",
        "sagemaker:CreateEndpoint",
        "sagemaker:DeleteEndpoint",
        "sagemaker:DeleteEndpointConfig",
        "sagemaker:DeleteModel",
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:UpdateEndpoint",
      ),
      because(
        "SageMaker developer guide, API permissions reference, CreateEndpoint: where endpoint.volumeKeyArn is set",
        "kms:CreateGrant",
      ),
    ],
  },
  "pulumi-nodejs:dynamic/training:TrainingRemains": {
    also: [
      because(
        "components/training/remains.ts",
        "sagemaker:DeleteModelPackage",
        "sagemaker:ListModelPackages",
        "sagemaker:ListPipelineExecutions",
        "sagemaker:StopPipelineExecution",
      ),
    ],
  },
  "pulumi-nodejs:dynamic/workload:DeployedContract": {},
  "awsx:ec2:Vpc": {
    also: [because("it chooses among the region's zones", "ec2:DescribeAvailabilityZones")],
  },
  "pulumi:pulumi:Stack": {
    also: [
      because(
        "index.ts: the approved model, what it is asked, the cluster that runs, the endpoint that serves",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:ListClusters",
        "s3:GetObject",
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:DescribeModel",
        "sagemaker:DescribeModelPackage",
        "sagemaker:ListEndpoints",
        "sagemaker:ListModelPackages",
      ),
    ],
  },
};

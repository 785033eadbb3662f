import { because, type PermissionTable, PROVIDER } from "./permissionRow";

/** What the service asks of whoever registers a variant or makes its policy, beside its own actions. */
const SCALING = because(
  "Application Auto Scaling user guide, permissions required for API actions on target services and CloudWatch",
  "cloudwatch:DeleteAlarms",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:PutMetricAlarm",
  "sagemaker:DescribeEndpoint",
  "sagemaker:DescribeEndpointConfig",
  "sagemaker:UpdateEndpointWeightsAndCapacities",
);

/** Roles, cluster, training and endpoint. */
export const computeTypes: PermissionTable = {
  "aws:appautoscaling/policy:Policy": {
    cloudFormation: "AWS::ApplicationAutoScaling::ScalingPolicy",
    also: [SCALING],
    not: [because("no predictive scaling", "cloudwatch:GetMetricData")],
  },
  "aws:appautoscaling/target:Target": {
    cloudFormation: "AWS::ApplicationAutoScaling::ScalableTarget",
    also: [SCALING],
    not: [
      because(
        "nothing is scaled by the clock",
        "application-autoscaling:DeleteScheduledAction",
        "application-autoscaling:DescribeScheduledActions",
        "application-autoscaling:PutScheduledAction",
      ),
      because("the service has a role of its own, which who deploys may make", "iam:*"),
      because("only variants of endpoints are scaled", "lambda:*"),
      because("named above", "cloudwatch:*"),
    ],
  },
  "aws:emr/cluster:Cluster": {
    also: [
      because(
        PROVIDER,
        "elasticmapreduce:AddTags",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:GetAutoTerminationPolicy",
        "elasticmapreduce:ListBootstrapActions",
        "elasticmapreduce:ListInstanceFleets",
        "elasticmapreduce:ListInstanceGroups",
        "elasticmapreduce:ListInstances",
        "elasticmapreduce:ListSteps",
        "elasticmapreduce:ModifyCluster",
        "elasticmapreduce:PutAutoTerminationPolicy",
        "elasticmapreduce:RemoveAutoTerminationPolicy",
        "elasticmapreduce:RemoveTags",
        "elasticmapreduce:RunJobFlow",
        "elasticmapreduce:SetTerminationProtection",
        "elasticmapreduce:SetUnhealthyNodeReplacement",
        "elasticmapreduce:TerminateJobFlows",
        "iam:PassRole",
      ),
    ],
  },
  "aws:emr/instanceFleet:InstanceFleet": { cloudFormation: "AWS::EMR::InstanceFleetConfig" },
  "aws:emr/managedScalingPolicy:ManagedScalingPolicy": {
    also: [
      because(
        PROVIDER,
        "elasticmapreduce:GetManagedScalingPolicy",
        "elasticmapreduce:PutManagedScalingPolicy",
        "elasticmapreduce:RemoveManagedScalingPolicy",
      ),
    ],
  },
  "aws:emr/securityConfiguration:SecurityConfiguration": {
    cloudFormation: "AWS::EMR::SecurityConfiguration",
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    cloudFormation: "AWS::IAM::InstanceProfile",
    also: [because(PROVIDER, "iam:TagInstanceProfile", "iam:UntagInstanceProfile")],
  },
  "aws:iam/role:Role": {
    cloudFormation: "AWS::IAM::Role",
    also: [because(PROVIDER, "iam:ListInstanceProfilesForRole", "iam:ListRoleTags")],
    not: [
      because(
        "no role of a stack has a boundary",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePermissionsBoundary",
      ),
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": { cloudFormation: "AWS::IAM::RolePolicy" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    also: [
      because(
        PROVIDER,
        "iam:AttachRolePolicy",
        "iam:DetachRolePolicy",
        "iam:ListAttachedRolePolicies",
      ),
    ],
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    cloudFormation: "AWS::SageMaker::EndpointConfig",
    not: [because("the key is only named", "kms:*")],
  },
  "aws:sagemaker/model:Model": { cloudFormation: "AWS::SageMaker::Model" },
  "aws:sagemaker/modelPackageGroup:ModelPackageGroup": {
    cloudFormation: "AWS::SageMaker::ModelPackageGroup",
    not: [
      because(
        "a group belongs to its account alone",
        "sagemaker:DeleteModelPackageGroupPolicy",
        "sagemaker:GetModelPackageGroupPolicy",
        "sagemaker:PutModelPackageGroupPolicy",
      ),
    ],
  },
  "aws:sagemaker/pipeline:Pipeline": {
    cloudFormation: "AWS::SageMaker::Pipeline",
    not: [because("the definition is sent as text", "s3:*")],
  },
};

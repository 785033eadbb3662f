import { because, type PermissionTable, PROVIDER } from "./permissionRow";

/** REST API, alarms, events and schedules. */
export const servingTypes: PermissionTable = {
  "aws:apigateway/account:Account": {
    cloudFormation: "AWS::ApiGateway::Account",
    not: [because("the role is only named and passed", "iam:GetRole")],
  },
  "aws:apigateway/apiKey:ApiKey": { cloudFormation: "AWS::ApiGateway::ApiKey" },
  "aws:apigateway/deployment:Deployment": { cloudFormation: "AWS::ApiGateway::Deployment" },
  "aws:apigateway/methodSettings:MethodSettings": {
    also: [because(PROVIDER, "apigateway:GET", "apigateway:PATCH")],
  },
  "aws:apigateway/restApi:RestApi": {
    cloudFormation: "AWS::ApiGateway::RestApi",
    not: [
      because("the document is sent, not read from S3", "s3:GetObject"),
      because("no stack's API has a policy of its own", "apigateway:UpdateRestApiPolicy"),
    ],
  },
  "aws:apigateway/stage:Stage": { cloudFormation: "AWS::ApiGateway::Stage" },
  "aws:apigateway/usagePlan:UsagePlan": { cloudFormation: "AWS::ApiGateway::UsagePlan" },
  "aws:apigateway/usagePlanKey:UsagePlanKey": { cloudFormation: "AWS::ApiGateway::UsagePlanKey" },
  "aws:cloudwatch/dashboard:Dashboard": {
    cloudFormation: "AWS::CloudWatch::Dashboard",
    not: [
      because(
        "dashboards take no tags of ours",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ),
    ],
  },
  "aws:cloudwatch/eventApiDestination:EventApiDestination": {
    cloudFormation: "AWS::Events::ApiDestination",
  },
  "aws:cloudwatch/eventRule:EventRule": {
    cloudFormation: "AWS::Events::Rule",
    not: [because("targets are resources of their own", "iam:*")],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    also: [
      because(PROVIDER, "events:ListTargetsByRule", "events:PutTargets", "events:RemoveTargets"),
      because("a target of GitHub has a role", "iam:PassRole"),
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    cloudFormation: "AWS::Logs::LogGroup",
    not: [
      because(
        "no group has a key, an index or protection of its own",
        "logs:*Policies",
        "logs:*Policy",
        "logs:AssociateKmsKey",
        "logs:DisassociateKmsKey",
        "firehose:*",
        "s3:*",
        "logs:PutBearerTokenAuthentication",
        "logs:PutLogGroupDeletionProtection",
      ),
      because("a stage's access log is delivered by API Gateway", "logs:CreateLogDelivery"),
    ],
    also: [because("the retention", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy")],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { cloudFormation: "AWS::CloudWatch::Alarm" },
  "aws:scheduler/schedule:Schedule": { cloudFormation: "AWS::Scheduler::Schedule" },
  "aws:sns/topic:Topic": {
    cloudFormation: "AWS::SNS::Topic",
    not: [
      because(
        "no topic protects data of its own or logs deliveries",
        "iam:*",
        "sns:*DataProtectionPolicy",
      ),
    ],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    cloudFormation: "AWS::SNS::TopicPolicy",
    also: [because(PROVIDER, "sns:GetTopicAttributes")],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    cloudFormation: "AWS::SNS::Subscription",
    not: [because("no recipient is a Firehose", "iam:*")],
  },
  "aws:sqs/queue:Queue": { cloudFormation: "AWS::SQS::Queue" },
  "aws:sqs/queuePolicy:QueuePolicy": {
    cloudFormation: "AWS::SQS::QueuePolicy",
    also: [because(PROVIDER, "sqs:GetQueueAttributes")],
  },
  "aws:wafv2/webAcl:WebAcl": {
    cloudFormation: "AWS::WAFv2::WebACL",
    not: [because("no rule that is paid for apart", "payments:*")],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    cloudFormation: "AWS::WAFv2::WebACLAssociation",
    not: [
      because(
        "only stages of API Gateway are protected",
        "amplify:*",
        "apprunner:*",
        "appsync:*",
        "bedrock-agentcore:*",
        "cognito-idp:*",
        "ec2:*",
        "elasticloadbalancing:*",
      ),
      because(
        "the list of rules is not shared",
        "wafv2:GetPermissionPolicy",
        "wafv2:PutPermissionPolicy",
      ),
    ],
  },
};

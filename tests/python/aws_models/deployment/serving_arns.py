"""ARNs of REST API, alarms, events and schedules. Service Authorization Reference: API Gateway
Management, ...; API Gateway's resources are the paths of its own API.
"""

from __future__ import annotations

from tests.python.aws_models.deployment.templates import ACCOUNT, REGION, Arns, regional


def _gateway(**paths: str) -> dict[str, tuple[str, ...]]:
    return {
        f"apigateway:{kind}": (f"arn:aws:apigateway:{REGION}::/{path}",)
        for kind, path in paths.items()
    }


def _tags(path: str) -> dict[str, tuple[str, ...]]:
    encoded = f"arn%3Aaws%3Aapigateway%3A{REGION}%3A%3A%2F{path.replace('/', '%2F')}"
    return _gateway(Tags=f"tags/{encoded}")


_STAGE = "restapis/{restApi}/stages/{stageName}"
_RULE = "events:rule-on-default-event-bus"

SERVING: Arns = {
    "aws:apigateway/account:Account": _gateway(Account="account"),
    "aws:apigateway/apiKey:ApiKey": {
        **_gateway(ApiKey="apikeys/{id}", ApiKeys="apikeys"),
        **_tags("apikeys/{id}"),
    },
    "aws:apigateway/deployment:Deployment": _gateway(
        Deployment="restapis/{restApi}/deployments/{id}",
        Deployments="restapis/{restApi}/deployments",
    ),
    "aws:apigateway/methodSettings:MethodSettings": _gateway(Stage=_STAGE),
    "aws:apigateway/restApi:RestApi": {
        **_gateway(RestApi="restapis/{id}", RestApis="restapis"),
        **_tags("restapis/{id}"),
    },
    "aws:apigateway/stage:Stage": {
        **_gateway(Stage=_STAGE, Stages="restapis/{restApi}/stages"),
        **_tags(_STAGE),
    },
    "aws:apigateway/usagePlan:UsagePlan": {
        **_gateway(UsagePlan="usageplans/{id}", UsagePlans="usageplans"),
        **_tags("usageplans/{id}"),
    },
    "aws:apigateway/usagePlanKey:UsagePlanKey": _gateway(
        UsagePlanKey="usageplans/{usagePlanId}/keys/{keyId}",
        UsagePlanKeys="usageplans/{usagePlanId}/keys",
    ),
    "aws:cloudwatch/dashboard:Dashboard": {
        "cloudwatch:dashboard": (f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{{dashboardName}}",)
    },
    "aws:cloudwatch/eventApiDestination:EventApiDestination": {
        "events:api-destination": (regional("events", "api-destination/{name}/1"),),
        "events:connection": ("{connectionArn}",),
    },
    "aws:cloudwatch/eventRule:EventRule": {_RULE: (regional("events", "rule/{name}"),)},
    "aws:cloudwatch/eventTarget:EventTarget": {_RULE: (regional("events", "rule/{rule}"),)},
    "aws:cloudwatch/logGroup:LogGroup": {
        "logs:log-group": (
            regional("logs", "log-group:{name}"),
            regional("logs", "log-group:{name}:log-stream:"),
        )
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        "cloudwatch:alarm": (regional("cloudwatch", "alarm:{name}"),)
    },
    "aws:scheduler/schedule:Schedule": {
        "scheduler:schedule": (regional("scheduler", "schedule/default/{name}"),)
    },
    "aws:sns/topic:Topic": {"sns:topic": ("{id}",)},
    "aws:sns/topicPolicy:TopicPolicy": {"sns:topic": ("{arn}",)},
    "aws:sns/topicSubscription:TopicSubscription": {"sns:topic": ("{topic}",)},
    "aws:sqs/queue:Queue": {"sqs:queue": (regional("sqs", "{name}"),)},
    "aws:sqs/queuePolicy:QueuePolicy": {"sqs:queue": (regional("sqs", "{queueUrl:last}"),)},
    "aws:wafv2/webAcl:WebAcl": {
        "wafv2:webacl": (regional("wafv2", "regional/webacl/{name}/{id}"),),
        "wafv2:managedruleset": (
            regional(
                "wafv2",
                "regional/managedruleset/{rules.statement.managedRuleGroupStatement.name}/1",
            ),
        ),
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        "apigateway:Stage": ("{resourceArn}",),
        "wafv2:apigateway": ("{resourceArn}",),
        "wafv2:webacl": ("{webAclArn}",),
    },
}

import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  type ScheduleState,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";

import { type Properties, text } from "../wire";
import { connectionTo, ignoreMissing, isPresent } from "./connection";
import type { HandlerContext, HandlerTable } from "./handler";
import { upperCamelKeys } from "./upperCamel";

const MISSING = "ResourceNotFoundException";

function client({ location }: HandlerContext): SchedulerClient {
  return new SchedulerClient(connectionTo("SCHEDULER", location.region));
}

function request(inputs: Properties): CreateScheduleCommandInput {
  const { target, flexibleTimeWindow } = inputs;
  return {
    Name: text(inputs.name),
    GroupName: text(inputs.groupName) || undefined,
    Description: text(inputs.description) || undefined,
    ScheduleExpression: text(inputs.scheduleExpression),
    ScheduleExpressionTimezone: text(inputs.scheduleExpressionTimezone) || undefined,
    State: (text(inputs.state) || undefined) as ScheduleState | undefined,
    ...(upperCamelKeys({ target, flexibleTimeWindow }) as Pick<
      CreateScheduleCommandInput,
      "Target" | "FlexibleTimeWindow"
    >),
  };
}

function address(properties: Properties): { Name: string; GroupName?: string } {
  return { Name: text(properties.name), GroupName: text(properties.groupName) || undefined };
}

/** Schedules in the stand-in, which keeps them and never fires: what they would start is started by hand. */
export const scheduleHandlers: HandlerTable = {
  "aws:scheduler/schedule:Schedule": {
    async create(inputs, context) {
      const created = await client(context).send(new CreateScheduleCommand(request(inputs)));
      return { outputs: { arn: created.ScheduleArn } };
    },
    async update(_id, _olds, news, context) {
      await client(context).send(new UpdateScheduleCommand(request(news)));
      return undefined;
    },
    delete: (_id, properties, context) =>
      ignoreMissing(client(context).send(new DeleteScheduleCommand(address(properties))), MISSING),
    exists: (_id, properties, context) =>
      isPresent(client(context).send(new GetScheduleCommand(address(properties))), MISSING),
  },
};

import { z } from "zod";

type Protocol = "email" | "https" | "lambda" | "sqs";

const ADDRESSES: Readonly<Record<Protocol, RegExp>> = {
  https: /^https:\/\/[^\s/]+\S*$/,
  sqs: /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/,
  lambda: /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]+)?$/,
  email: z.regexes.email,
};

/** SNS protocol of a recipient, or undefined for an unknown kind. */
export function protocolOf(recipient: string): Protocol | undefined {
  return (Object.keys(ADDRESSES) as Protocol[]).find((one) => ADDRESSES[one].test(recipient));
}

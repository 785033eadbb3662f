import { at, parsed, type Rule } from "../rule";

/** A server that can be made to fetch an address must not hand out the machine's credentials (IMDSv2). */
export const metadataByToken: Rule = {
  name: "metadata-by-token",
  description: "Instance metadata is given for a session token only, one hop away (IMDSv2).",
  scope: "resource",
  check({ type, inputs }) {
    switch (type) {
      case "aws:emr/cluster:Cluster":
        return "securityConfiguration" in inputs
          ? []
          : ["has no securityConfiguration, which alone demands IMDSv2 of its nodes"];
      case "aws:emr/securityConfiguration:SecurityConfiguration": {
        const metadata = at(parsed(inputs.configuration), "InstanceMetadataServiceConfiguration");
        return [
          ...(at(metadata, "MinimumInstanceMetadataServiceVersion") === 2
            ? []
            : ["takes IMDSv1: set MinimumInstanceMetadataServiceVersion to 2"]),
          ...(at(metadata, "HttpPutResponseHopLimit") === 1
            ? []
            : ["lets containers ask for metadata: set HttpPutResponseHopLimit to 1"]),
        ];
      }
      case "aws:ec2/instance:Instance":
      case "aws:ec2/launchTemplate:LaunchTemplate":
        return at(inputs.metadataOptions, "httpTokens") === "required"
          ? []
          : ['takes IMDSv1: set metadataOptions.httpTokens to "required"'];
      default:
        return [];
    }
  },
};

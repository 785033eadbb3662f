import { expect } from "chai";

import { dashboardBody } from "../../components/observability/dashboard";

describe("dashboard", () => {
  it("shows the chain from left to right, and the endpoint where there is one", () => {
    const input = { region: "us-east-1", streamName: "events-1", clusterId: "j-1" };
    const titles = (body: ReturnType<typeof dashboardBody>) =>
      body.widgets.map((widget) => (widget as { properties: { title: string } }).properties.title);
    expect(titles(dashboardBody(input))).to.deep.equal([
      "Stream: records in and out",
      "Stream: age of the oldest unread record",
      "Cluster: memory and containers waiting for it",
      "Cluster: running jobs",
    ]);
    const endpoint = { endpointName: "sentiment", variantName: "live" };
    expect(titles(dashboardBody({ ...input, endpoint }))).to.have.length(6);
    expect(dashboardBody(input).widgets[3]).to.include({ x: 12, y: 6 });
  });
});

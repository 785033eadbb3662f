import { expect } from "chai";

import { findServingModel } from "../../components/endpoint/servingModel";
import { fakeClient } from "../ops/fakeClient";

const NAME = "streaming-ml-dev-1f0c7a52";

function sageMaker(
  endpoints: [name: string, status: string][],
  container: object = { ModelPackageName: "arn:package/models/7" },
) {
  return fakeClient({
    ListEndpoints: () => ({
      Endpoints: endpoints.map(([EndpointName, EndpointStatus]) => ({
        EndpointName,
        EndpointStatus,
      })),
    }),
    DescribeEndpoint: ({ EndpointName }) => ({
      EndpointConfigName: `configuration of ${String(EndpointName)}`,
    }),
    DescribeEndpointConfig: ({ EndpointConfigName }) => ({
      ProductionVariants: [{ ModelName: `model of ${String(EndpointConfigName)}` }],
    }),
    DescribeModel: () => ({ PrimaryContainer: container }),
  });
}

describe("the model that serves", () => {
  it("is the package behind the stack's endpoint", async () => {
    const { client, sent } = sageMaker([
      ["streaming-ml-dev-two-1f0c7a52", "InService"],
      [NAME, "Updating"],
    ]);
    expect(await findServingModel(client, "streaming-ml-dev")).to.deep.equal({
      endpointName: NAME,
      package: { ModelPackageArn: "arn:package/models/7", ModelPackageVersion: 7 },
    });
    expect(sent.at(-1)?.input).to.deep.equal({ ModelName: `model of configuration of ${NAME}` });
  });

  it("does not exist where an artifact is served that was never registered", async () => {
    const { client, sent } = sageMaker([[NAME, "InService"]], { ModelDataUrl: "s3://models/a" });
    expect(await findServingModel(client, "streaming-ml-dev")).to.equal(undefined);
    expect(sent).to.have.length(4);
  });

  it("does not exist where the stack has no endpoint", async () => {
    const gone = sageMaker([
      [NAME, "Deleting"],
      ["streaming-ml-dev-00000000", "Failed"],
      ["streaming-ml-dev-two-1f0c7a52", "InService"],
    ]);
    expect(await findServingModel(gone.client, "streaming-ml-dev")).to.equal(undefined);
    expect(gone.sent).to.have.length(1);
  });
});

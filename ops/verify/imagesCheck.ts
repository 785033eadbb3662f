import { BatchGetImageCommand } from "@aws-sdk/client-ecr";

import { inferenceImage, trainingImage } from "../../components/training/frameworkImages";
import type { Check, StackToBe } from "./check";
import { type ImageTag, imageTag, judgeImages } from "./imagesVerdict";

export const imagesCheck: Check<StackToBe> = {
  id: "images",
  title: "AWS's registries hold the images",
  onlyAws: "A local run starts no image.",
  async run({ planned: { region, training }, clients }) {
    const uris = [
      training.trainingImage ??
        trainingImage(region, training.frameworkVersion, training.instanceType),
      training.inferenceImage ?? inferenceImage(region, training.inferenceVersion),
    ];
    const asked = uris.flatMap((uri) => imageTag(uri) ?? []);
    const missing: ImageTag[] = [];
    for (const image of asked) {
      const { images = [] } = await clients.ecr.send(
        new BatchGetImageCommand({
          registryId: image.registry,
          repositoryName: image.repository,
          imageIds: [{ imageTag: image.tag }],
        }),
      );
      if (images.length === 0) {
        missing.push(image);
      }
    }
    return judgeImages(asked, missing);
  },
};

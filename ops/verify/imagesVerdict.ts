import { failed, notApplicable, ok, type Verdict } from "./verdict";

/** A tag of a repository of ECR. */
export interface ImageTag {
  /** Account of the registry. */
  readonly registry: string;
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
}

/** Reads the URI of an image; undefined when it is not ECR's, or names no tag. */
export function imageTag(uri: string): ImageTag | undefined {
  const parts =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+):([^:@]+)$/.exec(uri);
  return parts === null
    ? undefined
    : { registry: parts[1], region: parts[2], repository: parts[3], tag: parts[4] };
}

/** The registries hold the images. @param missing those that they do not */
export function judgeImages(asked: readonly ImageTag[], missing: readonly ImageTag[]): Verdict {
  const shown = ({ repository, tag }: ImageTag) => `${repository}:${tag}`;
  if (asked.length === 0) {
    return notApplicable("No image of the stack lies in ECR under a tag.");
  }
  return missing.length === 0
    ? ok(`There are ${asked.map(shown).join(" and ")}.`)
    : failed(
        `There is no ${missing.map(shown).join(" and no ")}.`,
        "AWS's list of images has other tags by now: components/runtimes/tensorflowImages.ts.",
      );
}

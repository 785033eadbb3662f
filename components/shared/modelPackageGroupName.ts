import { z } from "zod";

/** A valid name of a model package group in SageMaker. */
export const modelPackageGroupName = z
  .string()
  .regex(
    /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
    "must be 1 to 63 letters, digits and hyphens, beginning and ending with a letter or digit",
  );

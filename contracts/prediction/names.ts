import type { SchemaProblem } from "../schema/problem";
import type { PredictionFieldType } from "./predictionContract";

const NAME = /^[a-z][a-z0-9_]*$/;

/** SageMaker and TensorFlow document no limit; a longer name is probably a mistake. */
const LONGEST_NAME = 64;

/** Names that fields of an instance cannot have, and what uses them. */
const TAKEN: Readonly<Record<string, string>> = {
  example_id: "the column of a training set that identifies an example",
  split: "the column of a training set that names the split of an example",
  // tensorflow_serving/util/json_tensor.cc reads an object with this one name as binary data.
  b64: "how TensorFlow Serving marks binary data",
};

/**
 * Problems with the name of a field.
 *
 * @param type type of its value or items; absent if it could not be read
 */
export function nameProblems(
  side: "instance" | "prediction",
  name: string,
  type?: PredictionFieldType,
): SchemaProblem[] {
  const path = `${side}.${name}`;
  const problems: SchemaProblem[] = [];
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    const message =
      "must be named in lower-case letters, digits and _, a letter first, at most " +
      `${LONGEST_NAME} of them: columns of the training set and tensors of the model have the same name`;
    problems.push({ path, message, received: name });
  }
  if (side === "instance" && Object.hasOwn(TAKEN, name)) {
    problems.push({ path, message: `must have another name: ${name} is ${TAKEN[name]}` });
  }
  if (side === "prediction" && name.endsWith("_bytes") && type === "string") {
    problems.push({
      path,
      message:
        "must not end with _bytes: TensorFlow Serving answers strings of such a name in base 64. Rename the field",
    });
  }
  return problems;
}

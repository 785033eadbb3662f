/** A value that SageMaker Pipelines fills in when the execution runs. */
export type Expression =
  | { readonly Get: string }
  | { readonly "Std:Join": { readonly On: string; readonly Values: readonly Value[] } }
  | {
      readonly "Std:JsonGet": {
        readonly PropertyFile: { readonly Get: string };
        readonly Path: string;
      };
    };

/** A constant, or an expression. */
export type Value = string | number | Expression;

/** Name of the step, and the file, that hold the evaluation's figures. */
export const EVALUATE_STEP = "Evaluate";
export const EVALUATION_FILE = "EvaluationReport";

export function get(path: string): { readonly Get: string } {
  return { Get: path };
}

export function join(on: string, ...values: readonly Value[]): Expression {
  return { "Std:Join": { On: on, Values: values } };
}

/** A value of `evaluation.json`, for example `gate.value`. */
export function evaluated(path: string): Expression {
  return {
    "Std:JsonGet": {
      PropertyFile: get(`Steps.${EVALUATE_STEP}.PropertyFiles.${EVALUATION_FILE}`),
      Path: path,
    },
  };
}

/** Id of the running execution: every execution writes below a prefix of its own. */
export const executionId = get("Execution.PipelineExecutionId");

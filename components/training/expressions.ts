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

/** A request of an AWS API as a pipeline holds it: any value in it may be an expression. */
export type Templated<T> = T extends readonly (infer Item)[]
  ? readonly Templated<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Templated<T[Key]> }
    : T | Expression;

export function get(path: string): { readonly Get: string } {
  return { Get: path };
}

export function join(on: string, ...values: readonly Value[]): Expression {
  return { "Std:Join": { On: on, Values: values } };
}

/** Id of the running execution: every execution writes below a prefix of its own. */
export const executionId = get("Execution.PipelineExecutionId");

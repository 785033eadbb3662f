/** Resources that exist in the stand-ins of AWS as well as in the state. */
import type { AwsLocation } from "../resourceType";
import type { Properties } from "../wire";

/** The resource of an operation. */
export interface HandlerContext {
  /** Logical name, for messages. */
  readonly name: string;
  readonly location: AwsLocation;
}

/** What is done in the stand-in for a resource of one type; every value comes without secret wrappers. */
export interface ResourceHandler {
  /** Creates it. A returned id and returned outputs take precedence over those of the table. */
  create(
    inputs: Properties,
    context: HandlerContext,
  ): Promise<{ readonly id?: string; readonly outputs?: Properties }>;
  /** Changes it in place; without this method only the state changes. */
  update?(
    id: string,
    olds: Properties,
    news: Properties,
    context: HandlerContext,
  ): Promise<Properties | undefined>;
  /**
   * Reads what AWS changes by itself, as properties that the provider would read; without this method a refresh finds
   * the inputs.
   */
  observe?(id: string, properties: Properties, context: HandlerContext): Promise<Properties>;
  /** Deletes it; succeeds if it does not exist any more. */
  delete(id: string, properties: Properties, context: HandlerContext): Promise<void>;
  /** Whether it still exists. */
  exists(id: string, properties: Properties, context: HandlerContext): Promise<boolean>;
}

/** Handlers by Pulumi type token. */
export type HandlerTable = Readonly<Record<string, ResourceHandler>>;

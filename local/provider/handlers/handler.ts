/** Resources that exist in the stand-ins of AWS as well as in the state. */
import type { AwsLocation } from "../resourceType";
import type { Properties } from "../wire";

/** The resource an operation is about. */
export interface HandlerContext {
  /** Logical name, for messages. */
  readonly name: string;
  readonly location: AwsLocation;
}

/** What is done in the stand-in for a resource of one type; every value comes without secret wrappers. */
export interface ResourceHandler {
  /** Creates it. Returned outputs win over the table's; an id wins over the table's id. */
  create(
    inputs: Properties,
    context: HandlerContext,
  ): Promise<{ readonly id?: string; readonly outputs?: Properties }>;
  /** Changes it in place; without this method a change stays in the state only. */
  update?(
    id: string,
    olds: Properties,
    news: Properties,
    context: HandlerContext,
  ): Promise<Properties | undefined>;
  /**
   * Reads back what AWS changes by itself, as properties the provider would read; without this method a refresh
   * finds what was asked for.
   */
  observe?(id: string, properties: Properties, context: HandlerContext): Promise<Properties>;
  /** Removes it; succeeds when it is gone already. */
  delete(id: string, properties: Properties, context: HandlerContext): Promise<void>;
  /** Whether it is still there. */
  exists(id: string, properties: Properties, context: HandlerContext): Promise<boolean>;
}

/** Handlers by Pulumi type token. */
export type HandlerTable = Readonly<Record<string, ResourceHandler>>;

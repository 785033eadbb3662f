/** Resources that exist in the emulator as well as in the state. */
import type { Place } from "../resourceType";
import type { Properties } from "../wire";

/** The resource an operation is about. */
export interface EmulationContext {
  /** Logical name, for messages. */
  readonly name: string;
  readonly place: Place;
}

/** What a type's handler does in the emulator; every value comes without secret wrappers. */
export interface Emulation {
  /** Creates it. Returned outputs win over the table's; an id wins over the table's id. */
  create(
    inputs: Properties,
    context: EmulationContext,
  ): Promise<{ readonly id?: string; readonly outputs?: Properties }>;
  /** Changes it in place; without this method a change stays in the state only. */
  update?(
    id: string,
    olds: Properties,
    news: Properties,
    context: EmulationContext,
  ): Promise<Properties | undefined>;
  /**
   * Reads back what AWS changes by itself, as properties the provider would read; without this method a refresh
   * finds what was asked for.
   */
  observe?(id: string, properties: Properties, context: EmulationContext): Promise<Properties>;
  /** Removes it; succeeds when it is gone already. */
  delete(id: string, properties: Properties, context: EmulationContext): Promise<void>;
  /** Whether it is still there. */
  exists(id: string, properties: Properties, context: EmulationContext): Promise<boolean>;
}

/** Handlers by Pulumi type token. */
export type EmulationTable = Readonly<Record<string, Emulation>>;

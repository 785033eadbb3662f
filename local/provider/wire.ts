/**
 * Pulumi's wire format for values that plain JSON cannot carry.
 *
 * A provider gets property values as the protocol has them: secrets are wrapped, an unknown is a
 * marker string and assets are tagged objects (`@pulumi/pulumi/runtime/rpc`).
 */
import {
  specialArchiveSig,
  specialAssetSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";

/** Properties of a resource in the protocol between engine and provider. */
export type Properties = Record<string, unknown>;

/** Whether a value is an object, neither an array nor null. */
export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is the marker of an unknown. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value is a secret in its wrapper. */
export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && value[specialSigKey] === specialSecretSig;
}

/** Whether a value is an asset (one file's content). */
export function isAsset(value: unknown): value is Properties {
  return isObject(value) && value[specialSigKey] === specialAssetSig;
}

/** Whether a value is an archive (several files, or a folder). */
export function isArchive(value: unknown): value is Properties {
  return isObject(value) && value[specialSigKey] === specialArchiveSig;
}

/** Wraps a value, so that the engine encrypts it in the state and never prints it. */
export function secret(value: unknown): Properties {
  return { [specialSigKey]: specialSecretSig, value };
}

/** The value without secret wrappers, at every depth: for calls of a service, never for the state. */
export function plain<T = unknown>(value: unknown): T {
  if (isSecret(value)) {
    return plain(value.value);
  }
  if (Array.isArray(value)) {
    return value.map((element) => plain(element)) as T;
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [key, plain(element)]),
    ) as T;
  }
  return value as T;
}

/** The text of a property, without its secret wrapper; the empty text if it has none. */
export function text(value: unknown): string {
  const bare = plain(value);
  return typeof bare === "string" || typeof bare === "number" ? String(bare) : "";
}

/** The same properties with unknown values; a secret stays a secret. */
export function unknownOutputs(outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      isSecret(value) ? secret(unknownValue) : unknownValue,
    ]),
  );
}

import layout from "../../contracts/lake-layout.json";

/** Prefixes and tables of one version of the lake: those of version 1 have no version in their names. */
export interface LakePlaces {
  /** Prefix of the events, valid and quarantined, in the lake bucket. */
  readonly eventsPrefix: string;
  /** Prefix of the compacted events. */
  readonly historyPrefix: string;
  /** Names of the Glue tables over them. */
  readonly eventsTable: string;
  readonly historyTable: string;
}

/** Prefixes and tables of a version, 1 or more. */
export function lakePlaces(version: number): LakePlaces {
  const [suffix, tableSuffix] = version === 1 ? ["", ""] : [`-v${version}`, `_v${version}`];
  return {
    eventsPrefix: `events${suffix}`,
    historyPrefix: `history${suffix}`,
    eventsTable: `events${tableSuffix}`,
    historyTable: `history${tableSuffix}`,
  };
}

/**
 * Prefixes and tables of all versions up to one. Earlier ones are still needed: their data expires, can be read, and is
 * written by the old job until the new one takes over.
 */
export function lakePlacesUpTo(version: number): LakePlaces[] {
  return Array.from({ length: version }, (_, index) => lakePlaces(index + 1));
}

/** Prefix of the valid events below the events. */
export function validPrefix({ eventsPrefix }: LakePlaces): string {
  return `${eventsPrefix}/status=${layout.valid}`;
}

/** Prefix of the lists of compacted files, which Athena reads. */
export function manifestsPrefix({ historyPrefix }: LakePlaces): string {
  return `${historyPrefix}/${layout.manifestsFolder}`;
}

/** Prefix of the compacted files. */
export function compactedPrefix({ historyPrefix }: LakePlaces): string {
  return `${historyPrefix}/${layout.compactedFolder}`;
}

/** Prefix of the refused records below the events. */
export function quarantinePrefix({ eventsPrefix }: LakePlaces): string {
  return `${eventsPrefix}/status=${layout.quarantined}`;
}

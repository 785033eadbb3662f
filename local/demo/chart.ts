import type { TopLevelSpec } from "vega-lite";

export const VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json";

/** One chart of the report page: its heading and its Vega-Lite specification. */
export interface Chart {
  readonly title: string;
  readonly note: string;
  readonly specification: TopLevelSpec;
}

import { type Chart, VEGA_LITE } from "./chart";
import type { Curves, Matrix, Plot } from "./evaluation";

/** Width of a column and height of a row of a matrix. */
const CELL = { width: 100, height: 60 };

/** Draws what an evaluation found worth drawing. */
export function modelChart(plot: Plot): Chart {
  return plot.kind === "matrix" ? matrixChart(plot) : curvesChart(plot);
}

function matrixChart({ title, note, ...plot }: Matrix): Chart {
  const values = plot.counts.flatMap((counts, row) =>
    counts.map((count, column) => ({ row: plot.rows[row], column: plot.columns[column], count })),
  );
  const most = Math.max(...values.map(({ count }) => count));
  return {
    title,
    note,
    specification: {
      $schema: VEGA_LITE,
      width: CELL.width * plot.columns.length,
      height: CELL.height * plot.rows.length,
      data: { values },
      encoding: {
        x: {
          field: "column",
          type: "nominal",
          title: plot.columnTitle,
          sort: plot.columns,
          axis: { labelAngle: 0 },
        },
        y: { field: "row", type: "nominal", title: plot.rowTitle, sort: plot.rows },
      },
      layer: [
        { mark: "rect", encoding: { color: { field: "count", type: "quantitative" } } },
        {
          mark: { type: "text", fontWeight: "bold" },
          encoding: {
            text: { field: "count", type: "quantitative" },
            color: {
              condition: { test: `datum.count > ${most / 2}`, value: "white" },
              value: "#1c2733",
            },
          },
        },
      ],
    },
  };
}

function curvesChart({ title, note, ...plot }: Curves): Chart {
  const values = plot.lines.flatMap(({ name, points }) =>
    points.map(([x, y], order) => ({ name, x, y, order })),
  );
  const axis = { type: "quantitative" as const };
  return {
    title,
    note,
    specification: {
      $schema: VEGA_LITE,
      width: 360,
      height: 280,
      layer: [
        {
          data: { values },
          mark: { type: "line", point: values.length <= 60 },
          encoding: {
            x: { ...axis, field: "x", title: plot.xTitle },
            y: { ...axis, field: "y", title: plot.yTitle },
            // Points of one x would else be joined in any order.
            order: { ...axis, field: "order" },
            color: {
              field: "name",
              type: "nominal",
              title: null,
              sort: plot.lines.map(({ name }) => name),
            },
          },
        },
        ...(plot.diagonal ? [diagonal(plot)] : []),
      ],
    },
  };
}

/** The line x = y, as far as both axes have values. */
function diagonal({ lines, xTitle, yTitle }: Omit<Curves, "title" | "note">) {
  const points = lines.flatMap((line) => line.points);
  const ends = [Math.min(...points.flat()), Math.max(...points.flat())];
  return {
    data: { values: ends.map((end) => ({ x: end, y: end })) },
    mark: { type: "line" as const, strokeDash: [4, 4], color: "#8a97a5" },
    encoding: {
      x: { field: "x", type: "quantitative" as const, title: xTitle },
      y: { field: "y", type: "quantitative" as const, title: yTitle },
    },
  };
}

import Table from "cli-table3";

import type { ChangeKind, ContractChange } from "../contracts/event/contractChange";
import type { RegisteredModel } from "./registry";
import type { StackStatus } from "./status";

/** The versions of the registry, as a table for the terminal. */
export function formatModels(models: readonly RegisteredModel[]): string {
  if (models.length === 0) {
    return "No model is registered yet. Train one: npm run ops -- train --wait";
  }
  const metrics = metricKeys(models);
  const names = metrics.map((key) => key.slice(METRIC.length));
  const table = new Table({
    head: ["version", "approval", ...names, "margin", "registered"],
    style: { head: [], border: [] },
  });
  for (const { version, approval, metadata, createdAt } of models) {
    table.push([
      version,
      approval,
      ...[...metrics, "margin"].map((key) => formatFigure(metadata[key])),
      createdAt?.toISOString() ?? "",
    ]);
  }
  return table.toString();
}

/** What the keys of a workload's figures begin with in a package's metadata. */
const METRIC = "metric:";

/** Keys of every figure that one of the models has: their workload may have changed what it measures. */
function metricKeys(models: readonly RegisteredModel[]): string[] {
  const keys = models.flatMap(({ metadata }) => Object.keys(metadata));
  return [...new Set(keys.filter((key) => key.startsWith(METRIC)))].sort();
}

const KINDS: Readonly<Record<ChangeKind, string>> = {
  inPlace: "in place",
  warning: "in place, with a warning",
  refused: "refused",
};

/**
 * Changes of the event contract, as a table for the terminal.
 *
 * @param changes undefined when nothing binds the new contract
 */
export function formatChanges(changes: readonly ContractChange[] | undefined): string {
  if (changes === undefined) {
    return "The stack file begins another version of the lake, which the deployed event contract does not bind.";
  }
  if (changes.length === 0) {
    return "The deployed event contract is what its schema says.";
  }
  const table = new Table({ head: ["kind", "field", "change"], style: { head: [], border: [] } });
  for (const { kind, field, sentence } of changes) {
    table.push([KINDS[kind], field ?? "", sentence]);
  }
  return table.toString();
}

/** The state of a stack, as a table for the terminal and the table of its models. */
export function formatStatus(status: StackStatus): string {
  const table = new Table({ style: { head: [], border: [] } });
  const { job, training, endpoint } = status;
  table.push(
    { "streaming job": formatJob(job) },
    {
      "last training": formatTraining(training),
    },
    { endpoint: formatEndpoint(endpoint) },
    { api: status.apiUrl },
  );
  return `${table.toString()}\n${formatModels(status.models)}`;
}

type Lag = Pick<NonNullable<StackStatus["job"]>, "behindSeconds" | "behindShard">;

function formatJob(job: StackStatus["job"]): string {
  if (job === undefined) {
    return "never started";
  }
  const batch = job.batchId === null ? "no batch yet" : `batch ${job.batchId}`;
  const reason = job.reason ? `, ${job.reason}` : "";
  return `${job.state}, ${batch}${formatLag(job)}, last heartbeat ${job.heartbeat}${reason}`;
}

function formatLag({ behindSeconds, behindShard }: Lag): string {
  if (behindSeconds === undefined) {
    return "";
  }
  const shard = behindShard === undefined ? "" : ` in ${behindShard}`;
  return `, ${behindSeconds} s behind the stream${shard}`;
}

function formatTraining(training: StackStatus["training"]): string {
  if (training === undefined) {
    return "never started";
  }
  const { status, startedAt, reason } = training;
  const failure = reason === undefined ? "" : `: ${reason}`;
  return `${status} (started ${startedAt ?? "at an unknown time"})${failure}`;
}

function formatEndpoint(endpoint: StackStatus["endpoint"]): string {
  if (endpoint === undefined) {
    return "none; approve a model, then run pulumi up";
  }
  const { name, status, instances, modelPackageArn, reason } = endpoint;
  const failure = reason === undefined ? "" : `; the last update failed: ${reason}`;
  return `${name}: ${status}, ${instances ?? "no"} instances, ${modelPackageArn}${failure}`;
}

function formatFigure(text: string | undefined): string {
  const figure = Number.parseFloat(text ?? "");
  return Number.isFinite(figure) ? figure.toFixed(4) : "";
}

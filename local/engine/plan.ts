/** What an operation did or would do, collected from the engine's events. Pure. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

/** One resource of a plan or a deployment. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** The engine's operation, for example `create`, `update`, `replace`, `same`. */
  readonly operation: string;
  /** Changed inputs; ones that replace the resource are in `replacedBy`. */
  readonly changed: readonly string[];
  readonly replacedBy: readonly string[];
}

/** A plan, or a deployment that has ended. */
export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** Resources by operation, as the engine counts them. */
  readonly counts: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Steps of a replacement that repeat what its "replace" step says. */
const REPLACEMENT_PARTS = new Set(["create-replacement", "delete-replaced", "delete-original"]);

/** What the engine reports at the end of a failure, after the reasons themselves. */
const FAILURE_SUMMARY = /^(update|preview|refresh|destroy) failed$/;

/** Collects events; `plan()` may be read at any time. */
export class PlanCollector {
  private readonly resources = new Map<string, PlannedResource>();
  private readonly errors = new Set<string>();
  private readonly warnings = new Set<string>();
  private counts: Record<string, number> = {};

  add(event: EngineEvent): void {
    const metadata = event.resourcePreEvent?.metadata ?? event.resOutputsEvent?.metadata;
    if (metadata !== undefined && !REPLACEMENT_PARTS.has(metadata.op)) {
      const details = Object.entries(metadata.detailedDiff ?? {});
      this.resources.set(metadata.urn, {
        urn: metadata.urn,
        type: metadata.type,
        name: metadata.urn.split("::").slice(3).join("::"),
        parent: metadata.new?.parent ?? metadata.old?.parent ?? "",
        operation: metadata.op,
        changed: details.length > 0 ? details.map(([path]) => path) : (metadata.diffs ?? []),
        replacedBy: details
          .filter(([, { diffKind }]) => diffKind.endsWith("-replace"))
          .map(([path]) => path),
      });
    }
    if (event.diagnosticEvent !== undefined && !event.diagnosticEvent.ephemeral) {
      const { severity, message } = event.diagnosticEvent;
      const text = readable(message);
      if (severity === "error" && !FAILURE_SUMMARY.test(text) && text !== "") {
        this.errors.add(text);
      } else if (severity === "warning" && text !== "") {
        this.warnings.add(text);
      }
    }
    if (event.summaryEvent !== undefined) {
      this.counts = Object.fromEntries(
        Object.entries(event.summaryEvent.resourceChanges ?? {}).map(([operation, count]) => [
          operation,
          Number(count),
        ]),
      );
    }
  }

  plan(): Plan {
    return {
      resources: [...this.resources.values()],
      counts: this.counts,
      errors: [...this.errors],
      warnings: [...this.warnings],
    };
  }
}

/** A diagnostic without the engine's colour marks, its own prefix and stack traces. */
export function readable(message: string): string {
  return message
    .replace(/<\{%[^%]*%\}>/g, "")
    .replace(/^error: /, "")
    .replace(/\n\s+at .*/g, "")
    .trim();
}

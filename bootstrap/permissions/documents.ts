import type { PolicyStatement } from "../../components/shared/iam";
import { serviceOf } from "./statements";

/** Characters of a managed policy, white space not counted (IAM, quotas). */
const MOST_CHARACTERS = 6144;

/** What a document costs beside its statements. */
const FRAME = '{"Version":"2012-10-17","Statement":[]}'.length;

/** One managed policy. */
export interface PolicyPart {
  /** Services in it, for people. */
  readonly services: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

/** Distributes statements over as few policies as their limit allows, services in alphabetical order. */
export function policyParts(statements: readonly PolicyStatement[]): PolicyPart[] {
  const parts: { services: Set<string>; statements: PolicyStatement[]; size: number }[] = [];
  const inOrder = [...statements].sort((left, right) =>
    serviceOfStatement(left).localeCompare(serviceOfStatement(right)),
  );
  for (const statement of inOrder) {
    const size = JSON.stringify({ Effect: "Allow", ...statement }).length + 1;
    let part = parts.at(-1);
    if (part === undefined || part.size + size > MOST_CHARACTERS) {
      part = { services: new Set(), statements: [], size: FRAME };
      parts.push(part);
    }
    part.services.add(serviceOfStatement(statement));
    part.statements.push(statement);
    part.size += size;
  }
  return parts.map(({ services, statements: own }) => ({
    services: [...services],
    statements: own,
  }));
}

function serviceOfStatement({ Action: action }: PolicyStatement): string {
  return serviceOf([action].flat()[0]);
}

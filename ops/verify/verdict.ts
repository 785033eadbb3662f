/** What a check came to. */
export type Verdict =
  | { readonly status: "ok"; readonly found: string }
  | { readonly status: "failed"; readonly found: string; readonly todo: string }
  /** Nothing was asked, or the answer says nothing: `found` says why. */
  | { readonly status: "not applicable"; readonly found: string };

/** @param found what was seen, in a sentence */
export function ok(found: string): Verdict {
  return { status: "ok", found };
}

/**
 * @param found what was expected and what was seen instead, in a sentence
 * @param todo what to do about it
 */
export function failed(found: string, todo: string): Verdict {
  return { status: "failed", found, todo };
}

/** @param found why the check says nothing here, in a sentence */
export function notApplicable(found: string): Verdict {
  return { status: "not applicable", found };
}

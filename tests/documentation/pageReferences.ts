import * as path from "node:path";

/** A page, or a source that refers to one. */
export interface Page {
  /** Its path in the repository. */
  readonly file: string;
  readonly text: string;
}

const CODE = /`([^`\n]+)`/g;
const LINK = /\]\(([^)\s]+)\)/g;
const PAGE_IN_TEXT = /\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g;

/** What stands for a name that the reader chooses: `NAME`, `<name>`, `*`, and the workload of the guide. */
const PLACEHOLDER = /<[\w-]+>|\*+|\b[A-Z]{4,}\b|\bparcels\b|\bworkload_name\b/g;

/**
 * The paths of the repository that a page shows as code and that do not exist.
 *
 * @param entries the repository's files, and its folders with a slash at their end
 */
export function missingPaths({ file, text }: Page, entries: readonly string[]): string[] {
  const top = new Set(entries.map((entry) => entry.split("/")[0]));
  const named = [...text.matchAll(CODE)]
    .flatMap(([, code]) => code.split(/[\s"'=,:]+/))
    .map((word) => word.replace(/[.]$/, ""))
    .filter((word) => /^[\w.<>*-]+(\/[\w.<>*-]+)*\/?$/.test(word))
    .filter((word) => word.includes("/") && top.has(word.split("/")[0]));
  return [...new Set(named)]
    .filter((name) => !entries.some((entry) => pattern(name).test(entry)))
    .map((name) => `${file} names ${name}`);
}

/** The links of a page that lead to no file, or to no heading of a page. */
export function missingLinks(
  { file, text }: Page,
  pages: readonly Page[],
  entries: readonly string[],
): string[] {
  return [...text.matchAll(LINK)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [to, heading] = link.split("#");
      const target = to === "" ? file : path.posix.join(path.posix.dirname(file), to);
      const exists = entries.some((entry) => pattern(target).test(entry));
      return !exists || (heading !== undefined && !hasHeading(pages, target, heading));
    })
    .map((link) => `${file} links to ${link}`);
}

/** The pages in docs/ that a text names by their path and that are missing, or lack the heading. */
export function missingHeadings({ file, text }: Page, pages: readonly Page[]): string[] {
  return [...new Set([...text.matchAll(PAGE_IN_TEXT)].map(([reference]) => reference))]
    .filter((reference) => {
      const [target, heading] = reference.split("#");
      const exists = pages.some((page) => page.file === target);
      return !exists || (heading !== undefined && !hasHeading(pages, target, heading));
    })
    .map((reference) => `${file} names ${reference}`);
}

function pattern(name: string): RegExp {
  const parts = name
    .replace(/\/$/, "")
    .split(PLACEHOLDER)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}/?$`);
}

/** Headings as GitHub makes anchors of them. */
function hasHeading(pages: readonly Page[], file: string, anchor: string): boolean {
  const text = pages.find((page) => page.file === file)?.text ?? "";
  return [...text.matchAll(/^#+ (.*)$/gm)].some(
    ([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-") === anchor,
  );
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Maximum size of a record, for any setting of its stream (PutRecords API reference). */
export const LONGEST_RECORD = 10 * 1024 * 1024;

/** How files without readable lines begin, and what to do with them. */
const OTHER_FILES: readonly [bytes: Buffer, is: string, wayOut: string][] = [
  [Buffer.of(0x1f, 0x8b), "compressed with gzip", "Send what gunzip -c makes of it"],
  [Buffer.of(0xff, 0xfe), "text in UTF-16", "Send what iconv -f UTF-16 -t UTF-8 makes of it"],
  [Buffer.of(0xfe, 0xff), "text in UTF-16", "Send what iconv -f UTF-16 -t UTF-8 makes of it"],
];

/** A file that has no lines of JSON; its message completes a sentence that begins with the file's name. */
export class NoLines extends Error {}

/**
 * The lines of a JSON file, byte for byte. Node's own reader also ends lines at characters that may be inside JSON
 * strings (U+2028), and changes bytes that are not UTF-8. The end of a line, a line feed with or without a carriage
 * return before it, is not part of the line, nor is a byte order mark at the beginning of the file.
 *
 * Of a line that is too large for a record, only the beginning is returned, one byte longer than {@link LONGEST_RECORD}:
 * a caller finds it too large, and a file without line feeds does not fill the memory.
 *
 * @throws NoLines if the file is compressed or UTF-16
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): AsyncGenerator<Buffer> {
  const line = new Line();
  for await (const bytes of withoutMark(chunks)) {
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      line.add(bytes.subarray(start, end));
      yield line.take();
      start = end + 1;
    }
    line.add(bytes.subarray(start));
  }
  const last = line.take();
  if (last.length > 0) {
    yield last;
  }
}

/**
 * The text of a line. Node's own conversion puts replacement characters in place of bytes that are not UTF-8, so that
 * text in another encoding would look valid.
 *
 * @throws Error if the bytes are not UTF-8
 */
export function textOf(line: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
  } catch (error) {
    throw new Error("its bytes are not UTF-8 text", { cause: error });
  }
}

class Line {
  private parts: Buffer[] = [];
  private length = 0;

  add(part: Buffer): void {
    // One more for the carriage return.
    const kept = part.subarray(0, Math.max(0, LONGEST_RECORD + 2 - this.length));
    this.parts.push(kept);
    this.length += kept.length;
  }

  take(): Buffer {
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    this.length = 0;
    const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
    return line.subarray(0, LONGEST_RECORD + 1);
  }
}

/** The same bytes without a byte order mark, after checking the first bytes. */
async function* withoutMark(
  chunks: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): AsyncGenerator<Buffer> {
  let beginning: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    if (beginning === undefined) {
      yield bytes;
      continue;
    }
    beginning = Buffer.concat([beginning, bytes]);
    if (beginning.length >= BYTE_ORDER_MARK.length) {
      yield afterMark(beginning);
      beginning = undefined;
    }
  }
  if (beginning !== undefined) {
    yield afterMark(beginning);
  }
}

function afterMark(beginning: Buffer): Buffer {
  for (const [bytes, is, wayOut] of OTHER_FILES) {
    if (beginning.subarray(0, bytes.length).equals(bytes)) {
      throw new NoLines(`is ${is}, not lines of JSON in UTF-8; nothing was sent. ${wayOut}.`);
    }
  }
  return beginning.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? beginning.subarray(BYTE_ORDER_MARK.length)
    : beginning;
}

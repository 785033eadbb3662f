const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Kinesis takes no longer record, whatever its stream is set to (PutRecords API reference). */
export const LONGEST_RECORD = 10 * 1024 * 1024;

/** How files begin whose lines cannot be told apart, and what to do with them. */
const OTHER_FILES: readonly [bytes: Buffer, is: string, wayOut: string][] = [
  [Buffer.of(0x1f, 0x8b), "compressed with gzip", "Send what gunzip -c makes of it"],
  [Buffer.of(0xff, 0xfe), "text in UTF-16", "Send what iconv -f UTF-16 -t UTF-8 makes of it"],
  [Buffer.of(0xfe, 0xff), "text in UTF-16", "Send what iconv -f UTF-16 -t UTF-8 makes of it"],
];

/** A file that has no lines of JSON; its message completes a sentence that begins with the file's name. */
export class NoLines extends Error {}

/**
 * The lines of a file of JSON, byte for byte. Node's own reader also ends lines at characters that JSON has inside its
 * strings (U+2028), and changes bytes that are no UTF-8. What ends a line, a line feed with or without a carriage
 * return before it, is the file's and not the line's, and so is a byte order mark at its beginning.
 *
 * Of a line that no record can hold only a beginning comes, one byte longer than {@link LONGEST_RECORD}: it is too
 * large for whoever asks, and a file without line feeds does not fill the memory.
 *
 * @throws NoLines where the file is compressed or UTF-16
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
 * What a line says. Node's own conversion puts replacement characters where the bytes are no UTF-8, and a text of
 * another encoding would pass as a valid one.
 *
 * @throws Error where the bytes are no UTF-8
 */
export function textOf(line: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
  } catch (error) {
    throw new Error("its bytes are no text in UTF-8", { cause: error });
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

/** The same bytes without the mark, once so many are there that they show what the file is. */
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

/** How what producers compress with begins: gzip (RFC 1952), zlib (RFC 1950), Zstandard (RFC 8878). */
const COMPRESSED = [
  [0x1f, 0x8b],
  [0x78, 0x01],
  [0x78, 0x5e],
  [0x78, 0x9c],
  [0x78, 0xda],
  [0x28, 0xb5, 0x2f, 0xfd],
];

const JSON_WHITE_SPACE = " \t\r\n";

/** Whether bytes that are not text begin like compressed data. */
export function isCompressed(data: Uint8Array): boolean {
  return COMPRESSED.some((beginning) => beginning.every((byte, index) => data[index] === byte));
}

/** Whether a text that is not one JSON document is an object followed by the beginning of another one. */
export function holdsSeveralObjects(text: string): boolean {
  const start = afterWhiteSpace(text, 0);
  if (text[start] !== "{") {
    return false;
  }
  const end = endOfObject(text, start);
  return end !== undefined && text[afterWhiteSpace(text, end)] === "{" && isJson(text, end);
}

/** Where the object that begins at `start` ends, if it is JSON at all. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (isString) {
      if (character === "\\") {
        index += 1;
      } else if (character === '"') {
        isString = false;
      }
    } else if (character === '"') {
      isString = true;
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return undefined;
}

function isJson(text: string, end: number): boolean {
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

function afterWhiteSpace(text: string, start: number): number {
  let index = start;
  while (index < text.length && JSON_WHITE_SPACE.includes(text[index])) {
    index += 1;
  }
  return index;
}

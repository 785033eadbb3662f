import { Header } from "tar";

const BLOCK = 512;

/**
 * Writes files as a POSIX tar archive with the same bytes on every machine:
 * mode 0644, owner 0, time 0.
 *
 * @throws Error when a path or a file is too large for the plain format
 */
export function tarball(
  entries: readonly { readonly path: string; readonly content: Uint8Array }[],
): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { path, content } of entries) {
    blocks.push(header(path, content.length), content);
    blocks.push(new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK));
  }
  blocks.push(new Uint8Array(2 * BLOCK));
  return Buffer.concat(blocks);
}

function header(path: string, size: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const tooLarge = new Header({
    path,
    size,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: new Date(0),
    type: "File",
  }).encode(block, 0);
  if (tooLarge) {
    throw new Error(
      `The path "${path}" (${size} bytes) does not fit in a plain tar archive. Shorten it.`,
    );
  }
  return block;
}

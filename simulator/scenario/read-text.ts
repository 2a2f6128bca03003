// simulator/scenario/read-text.ts — A file that a user names -> its text, or the sentence that says why it has none.

import { open } from 'node:fs/promises';
import { elementAt } from '../../contract/assert.js';

/** The largest literal scenario, with 10,000 events, has some 4 MB. */
export const MAX_BYTES = 16_000_000;

export type ReadText = { readonly text: string } | { readonly problem: string; readonly code?: string | undefined };

/** Reads pipes and devices, too, and never more than the limit. */
export async function readText(file: string): Promise<ReadText> {
  // The file system takes no such name, and Node.js says so with an error of its own kind.
  if (file.includes('\0')) return { problem: 'is no path: it holds a NUL character' };
  try {
    const bytes = await readBytes(file);
    if (bytes.length > MAX_BYTES) return { problem: `is larger than ${MAX_BYTES / 1e6} MB, the most that is read` };
    return textOf(bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') return { problem: 'is a folder; name one file' };
    return { problem: `cannot be read: ${message}`, code };
  }
}

/** @returns one byte more than the limit where the file goes on */
async function readBytes(file: string): Promise<Buffer> {
  await using handle = await open(file);
  const parts: Buffer[] = [];
  for await (const part of handle.createReadStream({ end: MAX_BYTES, autoClose: false })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Buffer): ReadText {
  const [first, second] = bytes;
  const hasUtf16Mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (first === 0x1f && second === 0x8b) return { problem: 'is compressed by gzip; unpack it' };
  if (hasUtf16Mark || bytes.subarray(0, 4).includes(0)) return { problem: 'is UTF-16; save it as UTF-8' };
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    const { line, column, byte } = firstWrongByte(bytes);
    return {
      problem: `line ${line}, column ${column}: the byte ${byte} is not UTF-8. The file looks like Latin-1; save it as UTF-8`,
    };
  }
}

/** UTF-8 is decoded line by line, as a line end is never part of another character. */
function firstWrongByte(bytes: Buffer): { readonly line: number; readonly column: number; readonly byte: string } {
  let from = 0;
  for (let line = 1; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const part = bytes.subarray(from, end < 0 ? bytes.length : end + 1);
    const good = Buffer.from(part.toString('utf8').split('\uFFFD', 1)[0] ?? '');
    if (good.length < part.length) {
      const byte = elementAt(part, good.length);
      return { line, column: good.toString().length + 1, byte: `0x${byte.toString(16).toUpperCase()}` };
    }
    from += part.length;
  }
  return { line: 1, column: 1, byte: '' };
}

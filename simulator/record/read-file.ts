// simulator/record/read-file.ts — A file of a run -> its bytes, unless it is larger than any that a run writes.
import { readFile, stat } from 'node:fs/promises';
import { RecordError } from '../errors.js';

/** It is refused before it is read, as it could fill the memory. @throws RecordError, or what the system says */
export async function readWithin(path: string, maxBytes: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size <= maxBytes) return readFile(path);
  throw new RecordError(
    `${path} has ${Math.ceil(size / 1e6)} MB, and no more than ${maxBytes / 1e6} MB are read: no run writes so much`,
    { kind: 'record-broken', hint: 'restore the file, or run the scenario again' },
  );
}

/** @throws RecordError, or what the system says */
export async function readTextWithin(path: string, maxBytes: number): Promise<string> {
  // An editor may have put the mark of UTF-8 before it.
  return (await readWithin(path, maxBytes)).toString('utf8').replace(/^\uFEFF/, '');
}

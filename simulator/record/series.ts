// simulator/record/series.ts — series.ndjson: one sample a line, written during the run, so a crash loses nothing.
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { RecordError, writeError } from '../errors.js';
import { parsed } from './parsed.js';
import { readTextWithin } from './read-file.js';
import type { Sample } from './sample.js';
import { sampleSchema } from './sample.js';

const FILE = 'series.ndjson';
/** A sample a second of a whole day has some 50 MB. */
const MAX_BYTES = 256_000_000;

export class SeriesWriter {
  readonly #stream: WriteStream;
  readonly #path: string;
  #failure: Error | undefined;

  constructor(dir: string) {
    this.#path = join(dir, FILE);
    this.#stream = createWriteStream(this.#path);
    // A full disk must not end a running load. `close` reports it.
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  write(sample: Sample): void {
    if (!this.#failure) this.#stream.write(`${JSON.stringify(sample)}\n`);
  }

  /** @throws RecordError when the series could not be written */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#stream.closed) resolve();
      this.#stream.once('close', () => resolve());
      this.#stream.end();
    });
    if (this.#failure) throw writeError(this.#path, this.#failure);
  }
}

/**
 * Returns an empty series when there is no file. A last line that a crash tore is left out.
 * @throws RecordError when another line is broken
 */
export async function readSeries(dir: string): Promise<Sample[]> {
  const path = join(dir, FILE);
  let text: string;
  try {
    text = await readTextWithin(path, MAX_BYTES);
  } catch (error) {
    if (error instanceof RecordError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw broken(path, `expected a file that can be read: ${(error as Error).message}`, error);
  }
  const lines = text.split('\n');
  // Complete lines end in a line feed, so the text after the last one is torn or empty.
  const torn = lines.pop() ?? '';
  const samples = lines.map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
  const last = parsed(sampleSchema, tryJson(torn));
  return last.isValid ? [...samples, last.value] : samples;
}

function parseLine(line: string, where: string): Sample {
  const content = tryJson(line);
  if (content === undefined) throw broken(where, `expected JSON, found "${line.slice(0, 40)}"`);
  const sample = parsed(sampleSchema, content);
  if (!sample.isValid) throw broken(where, sample.problem);
  return sample.value;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function broken(where: string, problem: string, cause?: unknown): RecordError {
  const hint = 'restore the file, or delete it: the reports then say that nothing was seen over time';
  return new RecordError(`${where}: ${problem}`, { kind: 'record-broken', hint, cause });
}

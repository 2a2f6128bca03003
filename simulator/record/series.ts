// simulator/record/series.ts — series.ndjson: one sample a line, written as the run goes, so a crash leaves what was seen.
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError, writeError } from '../errors.js';
import { problemsOf, sampleSchema } from './record-schema.js';
import type { Sample } from './run-record.js';

const FILE = 'series.ndjson';

export class SeriesWriter {
  readonly #stream: WriteStream;
  readonly #path: string;
  #failure: Error | undefined;

  constructor(dir: string) {
    this.#path = join(dir, FILE);
    this.#stream = createWriteStream(this.#path);
    // A full disk must not end a load that is under way: it is told at the end.
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
 * Without a series, an empty one; a last line that was torn by a crash is left out.
 * @throws RecordError when another line is broken
 */
export async function readSeries(dir: string): Promise<Sample[]> {
  const path = join(dir, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw broken(path, `expected a file that can be read: ${(error as Error).message}`, error);
  }
  const lines = text.split('\n');
  // Whole lines end in a line feed, so what follows the last one is torn, or empty.
  const torn = lines.pop() ?? '';
  const samples = lines.map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
  const last = sampleSchema.safeParse(tryJson(torn));
  return last.success ? [...samples, last.data] : samples;
}

function parseLine(line: string, where: string): Sample {
  const content = tryJson(line);
  if (content === undefined) throw broken(where, `expected JSON, found "${line.slice(0, 40)}"`);
  const parsed = sampleSchema.safeParse(content);
  if (!parsed.success) throw broken(where, problemsOf(parsed.error, content), parsed.error);
  return parsed.data;
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

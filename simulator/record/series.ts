// simulator/record/series.ts — series.ndjson: one sample a line, written as the run goes, so a crash leaves what was seen.
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError } from './record-error.js';
import type { Sample } from './run-record.js';

const FILE = 'series.ndjson';

export class SeriesWriter {
  readonly #stream: WriteStream;
  #failure: Error | undefined;

  constructor(dir: string) {
    this.#stream = createWriteStream(join(dir, FILE));
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  write(sample: Sample): void {
    if (!this.#failure) this.#stream.write(`${JSON.stringify(sample)}\n`);
  }

  /** @throws RecordError when the series could not be written */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.end(resolve);
      if (this.#failure) resolve();
    });
    if (!this.#failure) return;
    const cause = this.#failure;
    throw new RecordError(`series.ndjson could not be written: ${cause.message}`, {
      hint: 'is the disk full? --reports DIR names another folder',
      cause,
    });
  }
}

/** Without a series, an empty one; a last line that was torn by a crash is left out. */
export async function readSeries(dir: string): Promise<Sample[]> {
  let text: string;
  try {
    text = await readFile(join(dir, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, index) => {
    try {
      return [JSON.parse(line) as Sample];
    } catch (cause) {
      if (index === lines.length - 1) return [];
      throw new RecordError(`${join(dir, FILE)}, line ${index + 1}: expected JSON, found "${line.slice(0, 40)}"`, {
        cause,
      });
    }
  });
}

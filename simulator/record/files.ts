// simulator/record/files.ts — run.json, histograms.hlog and the reports: each written whole or not at all.
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError } from './record-error.js';
import { RECORD_VERSION, type RunRecord } from './run-record.js';

const FILE = 'run.json';

/** To a file beside it first: a crash leaves the old file or the new one. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new RecordError(`${path} could not be written: ${cause instanceof Error ? cause.message : cause}`, {
      hint: 'is the disk full, or the folder read-only?',
      cause,
    });
  }
}

export async function writeRecord(dir: string, record: RunRecord): Promise<void> {
  await writeWhole(join(dir, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws RecordError */
export async function readRecord(dir: string): Promise<RunRecord> {
  const path = join(dir, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new RecordError(`there is no recorded run in ${dir}`, {
      hint: 'name a folder such as reports/quickstart/latest',
      cause,
    });
  }
  let content: Partial<RunRecord>;
  try {
    content = JSON.parse(text) as Partial<RunRecord>;
  } catch (cause) {
    throw new RecordError(`${path}: expected JSON, found "${text.slice(0, 40)}"`, { cause });
  }
  if (content?.recordVersion !== RECORD_VERSION) {
    throw new RecordError(
      `${path}: expected recordVersion ${RECORD_VERSION}, found ${content?.recordVersion ?? 'none'}`,
      {
        hint: 'read it with the version of sim that wrote it',
      },
    );
  }
  return content as RunRecord;
}

/**
 * Text of an HdrHistogram log (format 1.3), readable by HistogramLogProcessor and the online viewers.
 * Values are microseconds, the maxima in the lines milliseconds.
 */
export function histogramLog({ latency = {}, load, startedAt }: RunRecord): string {
  const startSeconds = (Date.parse(startedAt) / 1000).toFixed(3);
  const lines = Object.entries(latency).map(
    ([name, { histogram, max }]) =>
      `Tag=${name},0.000,${((load?.loadMs ?? 0) / 1000).toFixed(3)},${max.toFixed(3)},${histogram}`,
  );
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${startSeconds} (seconds since epoch), ${startedAt}]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines,
    '',
  ].join('\n');
}

// simulator/record/files.ts — run.json and histograms.hlog. Each file is written as a whole or not at all.
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError, writeError } from '../errors.js';
import { parsed } from './parsed.js';
import { readTextWithin } from './read-file.js';
import { RECORD_VERSION, type RunRecord, recordSchema } from './run-record.js';

const FILE = 'run.json';
/** Records of the largest runs have some 5 MB. */
export const MAX_RECORD_BYTES = 64_000_000;

/**
 * Writes to a temporary file and renames it, so a crash leaves the old file or the new one.
 * @throws RecordError
 */
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
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(path, cause);
  }
}

/** @throws RecordError */
export async function writeRecord(dir: string, record: RunRecord): Promise<void> {
  await writeWhole(join(dir, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * @param dir the folder of one run
 * @throws RecordError when it holds no record, a broken one, or one of another version
 */
export async function readRecord(dir: string): Promise<RunRecord> {
  const path = join(dir, FILE);
  const content = jsonOf(path, await readText(path));
  expectVersion(path, content);
  const record = parsed(recordSchema, content);
  if (record.isValid) return record.value;
  throw new RecordError(`${path} is not a run record: ${record.problem}`, {
    kind: 'record-broken',
    hint: 'restore the file, or run the scenario again',
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readTextWithin(path, MAX_RECORD_BYTES);
  } catch (cause) {
    if (cause instanceof RecordError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new RecordError(`expected a recorded run at ${path}: ${said}`, {
      kind: 'record-missing',
      hint: 'name the folder of one run, such as reports/quickstart/latest; a run that is still going has no record yet',
      cause,
    });
  }
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RecordError(`${path}: expected JSON, found "${text.slice(0, 40)}"`, {
      kind: 'record-broken',
      hint: 'restore the file, or run the scenario again',
      cause,
    });
  }
}

function expectVersion(path: string, content: unknown): void {
  const { recordVersion, simVersion } = (content ?? {}) as Record<string, unknown>;
  if (recordVersion === RECORD_VERSION) return;
  const writer = typeof simVersion === 'string' ? `sim ${simVersion}` : 'the version of sim';
  throw new RecordError(
    `${path}: expected recordVersion ${RECORD_VERSION}, found ${JSON.stringify(recordVersion) ?? 'none'}`,
    { kind: 'record-version', hint: `read it with ${writer} that wrote it, or run the scenario again` },
  );
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

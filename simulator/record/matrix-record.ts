// simulator/record/matrix-record.ts — matrix.json: the runs of a scenario's settings beside each other.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RecordError } from '../errors.js';
import { writeWhole } from './files.js';
import { problemsOf } from './record-schema.js';

const FILE = 'matrix.json';
const total = z.number().min(0);
const outcome = z.enum(['pass', 'fail', 'unknown']);

const row = z.looseObject({
  name: z.string(),
  /** What was set, besides what the scenario says. */
  settings: z.array(z.string()),
  /** Of the run, from the folder of the whole. */
  folder: z.string(),
  exitCode: z.int(),
  expected: outcome,
  /** Null when the run ended before it could be judged. */
  outcome: outcome.nullable(),
  /** The run's end in a sentence. */
  sentence: z.string(),
  /** Null when the run ended before its load did. */
  sends: z.looseObject({ planned: total, acked: total, failed: total, unknown: total }).nullable(),
  /** Null when the topics were not read again. */
  log: z.looseObject({ records: total, found: total, lost: total, duplicated: total }).nullable(),
  /** From the intended time to the acknowledgement, ms. */
  send: z.looseObject({ p50: total, p99: total }).nullable(),
});

const record = z.looseObject({
  matrixVersion: z.literal(1),
  simVersion: z.string(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  scenario: z.looseObject({ name: z.string(), description: z.string(), file: z.string() }),
  /** Of the whole: that of the setting that ended worst. */
  exitCode: z.int(),
  /** Those to be run; there are fewer rows when it was interrupted. */
  planned: total,
  rows: z.array(row),
});

export type MatrixRow = Readonly<z.infer<typeof row>>;
export type MatrixRecord = Readonly<z.infer<typeof record>>;

export async function writeMatrix(dir: string, matrix: MatrixRecord): Promise<void> {
  await writeWhole(join(dir, FILE), `${JSON.stringify(matrix, null, 2)}\n`);
}

/** Undefined when the folder holds none. @throws RecordError when it is broken */
export async function readMatrix(dir: string): Promise<MatrixRecord | undefined> {
  const path = join(dir, FILE);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw broken(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const parsed = record.safeParse(content);
  if (parsed.success) return parsed.data;
  throw broken(`${path} is not a record of a matrix: ${problemsOf(parsed.error, content)}`);
}

function broken(message: string): RecordError {
  return new RecordError(message, { kind: 'record-broken', hint: 'restore the file, or run the scenario again' });
}

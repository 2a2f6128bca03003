// simulator/record/matrix-record.ts — matrix.json: one row for each setting of a scenario.
import { join } from 'node:path';
import { z } from 'zod';
import { RecordError } from '../errors.js';
import { MAX_RECORD_BYTES, writeWhole } from './files.js';
import { logSchema, total } from './load-record.js';
import { parsed, type Recorded } from './parsed.js';
import { readTextWithin } from './read-file.js';
import { outcomeSchema } from './verdict-record.js';

const FILE = 'matrix.json';

const exitCodeSchema = z.int().min(0).max(255);

const rowSchema = z.object({
  name: z.string(),
  /** Values set on top of the scenario's. */
  settings: z.array(z.string()),
  /** The run's folder, relative to the matrix's. */
  folder: z.string(),
  exitCode: exitCodeSchema,
  expected: outcomeSchema,
  /** Null when the run ended before it could be judged. */
  outcome: outcomeSchema.nullable(),
  /** How the run ended. */
  sentence: z.string(),
  /** Null when the run ended before its load did. */
  sends: z.object({ planned: total, acked: total, failed: total, unknown: total }).nullable(),
  /** Null when the topics were not read again. */
  log: logSchema.nullable(),
  /** Intended send to acknowledgement, ms. */
  send: z.object({ p50: total, p99: total }).nullable(),
});

const matrixSchema = z.object({
  matrixVersion: z.literal(1),
  simVersion: z.string(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  scenario: z.object({ name: z.string(), description: z.string(), file: z.string() }),
  /** The command as the matrix was called; absent in old records. */
  replay: z.string().exactOptional(),
  /** The exit code of the setting that ended worst. */
  exitCode: exitCodeSchema,
  /** Settings to be run. An interrupted matrix has fewer rows. */
  planned: total,
  rows: z.array(rowSchema),
});

export type MatrixRow = Recorded<typeof rowSchema>;
export type MatrixRecord = Recorded<typeof matrixSchema>;

export async function writeMatrix(dir: string, matrix: MatrixRecord): Promise<void> {
  await writeWhole(join(dir, FILE), `${JSON.stringify(matrix, null, 2)}\n`);
}

/** @returns undefined when the folder has no matrix @throws RecordError when it is broken */
export async function readMatrix(dir: string): Promise<MatrixRecord | undefined> {
  const path = join(dir, FILE);
  let content: unknown;
  try {
    content = JSON.parse(await readTextWithin(path, MAX_RECORD_BYTES));
  } catch (cause) {
    if (cause instanceof RecordError) throw cause;
    // Without a folder there is no record either, which says what is expected.
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw broken(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const matrix = parsed(matrixSchema, content);
  if (matrix.isValid) return matrix.value;
  throw broken(`${path} is not a record of a matrix: ${matrix.problem}`);
}

function broken(message: string): RecordError {
  return new RecordError(message, { kind: 'record-broken', hint: 'restore the file, or run the scenario again' });
}

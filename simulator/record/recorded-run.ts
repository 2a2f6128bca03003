// simulator/record/recorded-run.ts — All that a verdict rests on, in one file beside the record, so that a run can be judged again without any server.

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, gunzip, gzip } from 'node:zlib';
import { isObject } from '../../contract/json-object.js';
import { RecordError, writeError } from '../errors.js';
import type { History } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Scenario } from '../scenario/schema.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import { readWithin } from './read-file.js';
import type { RecordedLog } from './recorded-log.js';

/** Numbers in typed arrays, so it is no JSON: V8's format for values, compressed. */
const FILE = 'history.v8.gz';
const HISTORY_VERSION = 4;
/** Nothing is kept of a run with more articles. */
const MAX_ARTICLES = 1_000_000;
/** The histories of the largest runs that are kept stay well below this. */
const MAX_UNPACKED_BYTES = 1_000_000_000;

export interface RecordedRun {
  readonly scenario: Scenario;
  /** In what the consumer is declared to differ from the rules. */
  readonly declared: DeclaredDeviations;
  readonly history: History;
  readonly lanes: readonly LaneResult[];
  /** Undefined when the topics were not read again, or are too long to be kept. */
  readonly log: RecordedLog | undefined;
}

export interface Kept {
  /** SHA-256 of the file, in hex; undefined when no history was kept. */
  readonly historySha256?: string;
  /** Why the run cannot be judged again, if so. */
  readonly warnings: readonly string[];
}

/** A verdict stands, even if it cannot be judged again. */
export async function keepRecordedRun(dir: string, recorded: RecordedRun): Promise<Kept> {
  try {
    const historySha256 = await writeRecordedRun(dir, recorded);
    return historySha256 === undefined ? { warnings: [] } : { historySha256, warnings: [] };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { warnings: [`this run cannot be judged again: ${error.message}`] };
  }
}

/**
 * @returns the SHA-256 of the file; undefined when the run has too many articles to be kept
 * @throws RecordError when the file cannot be written
 */
export async function writeRecordedRun(dir: string, recorded: RecordedRun): Promise<string | undefined> {
  const articles = recorded.lanes.reduce((sum, lane) => sum + lane.articles, 0);
  if (articles > MAX_ARTICLES) return undefined;
  const packed = await promisify(gzip)(serialize(written(recorded)), { level: constants.Z_BEST_SPEED });
  const path = join(dir, FILE);
  try {
    await writeFile(path, packed);
  } catch (cause) {
    throw writeError(path, cause);
  }
  return sha256(packed);
}

export interface ReadOptions {
  /** Undefined in old records: then the file is not compared with it. */
  readonly historySha256?: string | undefined;
  readonly maxUnpackedBytes?: number;
}

/** @throws RecordError when there is no history, a changed or broken one, or one of another version */
export async function readRecordedRun(
  dir: string,
  { historySha256, maxUnpackedBytes = MAX_UNPACKED_BYTES }: ReadOptions = {},
): Promise<RecordedRun> {
  const path = join(dir, FILE);
  const packed = await readWithin(path, maxUnpackedBytes).catch((cause: unknown) => {
    if (cause instanceof RecordError) throw cause;
    throw new RecordError(`expected the history of a run at ${path}, found none`, {
      kind: 'record-missing',
      hint: `name the folder of one run, such as reports/quickstart/latest; runs that failed, or had more than ${MAX_ARTICLES.toLocaleString('en')} articles, have no history`,
      cause,
    });
  });
  if (historySha256 !== undefined && sha256(packed) !== historySha256) {
    throw broken(`${path} is not as the run wrote it: its SHA-256 is not the one in run.json`);
  }
  const content = await unpacked(path, packed, maxUnpackedBytes);
  if (!isObject(content)) throw broken(`${path} is not the history of a run`);
  if (content.historyVersion !== HISTORY_VERSION) {
    throw new RecordError(`${path}: expected historyVersion ${HISTORY_VERSION}, found ${content.historyVersion}`, {
      kind: 'record-version',
      hint: 'judge it with the version of sim that wrote it, or run the scenario again',
    });
  }
  const { history, lanes, scenario, declared } = content;
  if (!isObject(history) || !Array.isArray(lanes) || !isObject(scenario) || !isObject(declared))
    throw broken(`${path} is not the history of a run`);
  return readBack(content);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type Written = ReturnType<typeof written>;

/** The file has two older names: `looks` for snapshots of lists, and `overdue` for late completions. */
function written({ history: { snapshots: looks, ...history }, lanes, ...rest }: RecordedRun) {
  return {
    historyVersion: HISTORY_VERSION,
    ...rest,
    history: { ...history, looks },
    lanes: lanes.map(({ lateCompletions: overdue, ...lane }) => ({ ...lane, ...(overdue ? { overdue } : {}) })),
  };
}

function readBack({
  historyVersion: _,
  history: { looks: snapshots, ...history },
  lanes,
  ...rest
}: Written): RecordedRun {
  return {
    ...rest,
    history: { ...history, snapshots },
    lanes: lanes.map(({ overdue, ...lane }) => ({ ...lane, ...(overdue ? { lateCompletions: overdue } : {}) })),
  };
}

async function unpacked(path: string, packed: Buffer, maxOutputLength: number): Promise<Written> {
  try {
    return deserialize(await promisify(gunzip)(packed, { maxOutputLength })) as Written;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw broken(
        `${path} is not the history of a run: unpacked it is larger than ${maxOutputLength / 1e6} MB`,
        cause,
      );
    }
    throw broken(`${path} is not the history of a run`, cause);
  }
}

function broken(message: string, cause?: unknown): RecordError {
  return new RecordError(message, {
    kind: 'record-broken',
    hint: 'restore the file, or run the scenario again',
    cause,
  });
}

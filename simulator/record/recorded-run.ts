// simulator/record/recorded-run.ts — All that a verdict rests on, in one file beside the record, so that a run can be judged again without any server.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, gunzip, gzip } from 'node:zlib';
import { RecordError, writeError } from '../errors.js';
import type { History } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Scenario } from '../scenario/schema.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import type { RecordedLog } from './recorded-log.js';

/** Numbers in typed arrays, so it is no JSON: V8's format for values, compressed. */
const FILE = 'history.v8.gz';
const HISTORY_VERSION = 4;
/** Nothing is kept of a run with more articles. */
const MAX_ARTICLES = 1_000_000;

export interface RecordedRun {
  readonly scenario: Scenario;
  /** In what the consumer is declared to differ from the rules. */
  readonly declared: DeclaredDeviations;
  readonly history: History;
  readonly lanes: readonly LaneResult[];
  /** Undefined when the topics were not read again, or are too long to be kept. */
  readonly log: RecordedLog | undefined;
}

/** A verdict stands, also one that cannot be judged again. @returns a warning that says why it cannot, if so */
export async function keepRecordedRun(dir: string, recorded: RecordedRun): Promise<string[]> {
  try {
    await writeRecordedRun(dir, recorded);
    return [];
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return [`this run cannot be judged again: ${error.message}`];
  }
}

/** @throws RecordError when it cannot be written */
export async function writeRecordedRun(dir: string, recorded: RecordedRun): Promise<void> {
  const articles = recorded.lanes.reduce((sum, lane) => sum + lane.articles, 0);
  if (articles > MAX_ARTICLES) return;
  const packed = await promisify(gzip)(serialize(written(recorded)), {
    level: constants.Z_BEST_SPEED,
  });
  const path = join(dir, FILE);
  try {
    await writeFile(path, packed);
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** @throws RecordError when there is none, a broken one, or one of another version */
export async function readRecordedRun(dir: string): Promise<RecordedRun> {
  const path = join(dir, FILE);
  const packed = await readFile(path).catch((cause: unknown) => {
    throw new RecordError(`expected the history of a run at ${path}, found none`, {
      kind: 'record-missing',
      hint: `name the folder of one run, such as reports/quickstart/latest; of runs that failed, or with more than ${MAX_ARTICLES.toLocaleString('en')} articles, no history is kept`,
      cause,
    });
  });
  const content = await unpacked(path, packed);
  if (content.historyVersion !== HISTORY_VERSION) {
    throw new RecordError(`${path}: expected historyVersion ${HISTORY_VERSION}, found ${content.historyVersion}`, {
      kind: 'record-version',
      hint: 'judge it with the version of sim that wrote it, or run the scenario again',
    });
  }
  return readBack(content);
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

async function unpacked(path: string, packed: Buffer): Promise<Written> {
  try {
    return deserialize(await promisify(gunzip)(packed)) as Written;
  } catch (cause) {
    throw new RecordError(`${path} is not the history of a run`, {
      kind: 'record-broken',
      hint: 'restore the file, or run the scenario again',
      cause,
    });
  }
}

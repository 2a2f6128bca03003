// simulator/observe/read-models.ts — Every article as the article-read service shows it (contract/observation.ts).
import type { Readable } from 'node:stream';
import { readModelSchema } from '../../contract/observation.js';
import { grown } from '../history/growing-columns.js';
import type { ReadModelTable } from '../history/history.js';
import { answerOf, jsonLines } from '../sut/json-lines.js';

const FIRST_ROWS = 1024;

/** @param baseUrls one for each instance; any of them knows all articles. @returns undefined when none has such a channel */
export async function readReadModels(
  baseUrls: readonly string[],
  signal: AbortSignal,
): Promise<ReadModelTable | undefined> {
  for (const base of baseUrls) {
    const response = await fetch(`${base}/internal/read-models`, { signal }).catch(() => undefined);
    signal.throwIfAborted();
    const models = await answerOf(response, readModelColumns, signal);
    if (models) return models;
  }
  return undefined;
}

/** @param body JSON lines of contract's readModelSchema @throws AnswerError */
export async function readModelColumns(body: Readable): Promise<ReadModelTable> {
  let table = {
    ids: new BigUint64Array(FIRST_ROWS),
    like: new Uint32Array(FIRST_ROWS),
    comment: new Uint32Array(FIRST_ROWS),
    view: new Uint32Array(FIRST_ROWS),
    deleted: new Uint8Array(FIRST_ROWS),
  };
  const titles: string[] = [];
  // There are few different titles, so each is kept once.
  const known = new Map<string, string>();
  for await (const model of jsonLines(body, readModelSchema)) {
    const { articleId, likeCount, commentCount, viewCount, state, title } = model;
    const row = titles.length;
    if (row === table.ids.length) table = grown(table);
    table.ids[row] = BigInt(articleId);
    table.like[row] = likeCount;
    table.comment[row] = commentCount;
    table.view[row] = viewCount;
    table.deleted[row] = state === 'deleted' ? 1 : 0;
    const same = known.get(title) ?? title;
    known.set(same, same);
    titles.push(same);
  }
  return { ...table, titles, rows: titles.length };
}

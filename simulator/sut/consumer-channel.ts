// simulator/sut/consumer-channel.ts — What consumers tell about themselves over HTTP (contract/observation.ts). All of it may be missing.

import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Day } from '../../contract/events.js';
import {
  articleStateSchema,
  type Cut,
  cutSchema,
  type Observation,
  observationSchema,
} from '../../contract/observation.js';
import type { Ranked } from '../../contract/rules.js';
import { grown } from '../history/growing-columns.js';
import type { ArticleTable } from '../history/history.js';
import { foreignText } from '../vocabulary/foreign-text.js';
import { answerOf, jsonLines } from './json-lines.js';

const TIMEOUT_MS = 3000;

/** @returns undefined when it does not answer */
export async function readObservation(baseUrl: string): Promise<Observation | undefined> {
  try {
    const response = await fetch(`${baseUrl}/internal/observation`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return observationSchema.parse(await response.json());
  } catch {
    return undefined;
  }
}

/** @returns undefined when it does not answer, or has no such channel */
export async function readCut(baseUrl: string, day: Day): Promise<Cut | undefined> {
  try {
    const response = await fetch(`${baseUrl}/internal/cut/${day}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { list, ...cut } = cutSchema.parse(await response.json());
    return { ...cut, list: shownRows(list) };
  } catch {
    return undefined;
  }
}

/** Their ids are what a consumer says. */
function shownRows(rows: readonly Ranked[]): Ranked[] {
  return rows.map(({ articleId, score }) => ({ articleId: foreignText(articleId), score }));
}

const newestSchema = z.object({
  day: z.string(),
  articles: z.array(z.object({ articleId: z.string(), score: z.number() })),
});

/** What clients are given now. @returns undefined when there is nothing, or it does not answer */
export async function readNewest(baseUrl: string): Promise<{ day: Day; list: Ranked[] } | undefined> {
  try {
    const response = await fetch(`${baseUrl}/v1/hot-articles`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { day, articles } = newestSchema.parse(await response.json());
    return { day: foreignText(day), list: shownRows(articles) };
  } catch {
    return undefined;
  }
}

/** Whether a URL is answered with a status of 200 to 299. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
}

const FIRST_ROWS = 1024;

/** Every article with a score on a day; undefined when the consumer has no such channel. @throws the reason of the signal */
export async function readArticles(baseUrl: string, day: Day, signal: AbortSignal): Promise<ArticleTable | undefined> {
  const response = await fetch(`${baseUrl}/internal/articles/${day}`, { signal }).catch(() => undefined);
  return answerOf(response, articleColumns, signal);
}

/** @param body JSON lines of contract's articleStateSchema @throws AnswerError */
export async function articleColumns(body: Readable): Promise<ArticleTable> {
  let table = {
    ids: new BigUint64Array(FIRST_ROWS),
    like: new Uint32Array(FIRST_ROWS),
    comment: new Uint32Array(FIRST_ROWS),
    view: new Uint32Array(FIRST_ROWS),
    commenter: new Uint32Array(FIRST_ROWS),
  };
  let rows = 0;
  for await (const state of jsonLines(body, articleStateSchema)) {
    if (rows === table.ids.length) table = grown(table);
    table.ids[rows] = BigInt(state.articleId);
    table.like[rows] = state.like;
    table.comment[rows] = state.comment;
    table.view[rows] = state.view;
    table.commenter[rows] = state.commenter ?? 0;
    rows += 1;
  }
  return { ...table, rows };
}

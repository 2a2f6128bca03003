// simulator/extract/extraction.ts — Which events of a recorded run make a test of one article: its own, and the rivals' events that decide.

import { distance } from 'fastest-levenshtein';
import { compareIds } from '../../contract/ids.js';
import { COUNTER_OF_TYPE } from '../../contract/kind.js';
import { UsageError } from '../errors.js';
import type { LogEvent } from '../history/log-event.js';
import { lanesByLog } from '../judge/log/lanes-by-log.js';
import { LogOracle } from '../judge/log/log-oracle.js';
import { readLog } from '../judge/log/read-log.js';
import { wouldShow } from '../judge/naming/would-show.js';
import { Oracle } from '../judge/oracle/oracle.js';
import type { NamedBug } from '../record/diagnosis-record.js';
import { openRecordedLog } from '../record/recorded-log.js';
import type { RecordedRun } from '../record/recorded-run.js';
import type { RunRecord } from '../record/run-record.js';
import { planOf } from '../workload/plan.js';
import { shrunk } from './shrink.js';

/** The records of a run in the order in which they were due. */
export interface ReadRun {
  readonly recorded: RecordedRun;
  readonly events: readonly LogEvent[];
  readonly log: LogOracle;
}

export interface Extraction {
  readonly events: readonly LogEvent[];
  readonly articles: readonly string[];
  readonly rivals: readonly string[];
  /** Whether the finding would show in these events; undefined when events alone do not decide it. */
  readonly shows: boolean | undefined;
  /** How many events there were before the unneeded ones were left out. */
  readonly of: number;
  /** Speed of the clock at which they are sent anew, one after the other; undefined: sent as they were. */
  readonly speed: number | undefined;
}

/** Numbers of rivals that are tried in turn until the bug shows; `top` is the rows of a list. */
const rivalsTried = (top: number) => [0, top + 1, 3 * top, 10 * top, 30 * top];

/** @throws UsageError when the run's topics were not kept */
export async function readRun(recorded: RecordedRun, signal: AbortSignal): Promise<ReadRun> {
  const { scenario, declared, lanes, log: kept } = recorded;
  if (!kept) {
    throw new UsageError(
      'the topics of this run were not kept, as they were not read again or are longer than 64 MiB: run it with fewer events and `--set judge.log=always`',
    );
  }
  const plan = planOf(scenario);
  const log = new LogOracle(scenario.rules, plan.articles);
  const events: LogEvent[] = [];
  const openLog = () => Promise.resolve(openRecordedLog(kept));
  // By plan, however late this run sent them.
  const source = { plan, openLog, signal, lanes, declared, judgedAt: ({ dueMs }: { readonly dueMs: number }) => dueMs };
  await readLog(source, (event) => {
    log.add(event);
    events.push(event);
  });
  return { recorded, events, log };
}

/** The first existing article that a finding is about. @throws UsageError when there is none */
export function wrongArticle({ diagnosis, verdict }: RunRecord, { events }: ReadRun): string {
  const known = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  const findings = (verdict?.checks ?? []).flatMap((check) => check.findings);
  const wrong = [diagnosis?.proof?.articleId, ...findings.map(({ articleId }) => articleId)];
  const first = wrong.find((articleId) => articleId !== undefined && known.has(articleId));
  if (first !== undefined) return first;
  throw new UsageError('no article of this run was found wrong: name one with --article ID');
}

/** @throws UsageError with the nearest one when no event is about an article */
export function expectKnown(articles: readonly string[], { events }: ReadRun): void {
  const known = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  for (const articleId of articles) {
    if (known.has(articleId)) continue;
    const near = (one: string) => distance(one, articleId);
    const nearest = [...known].reduce((best, one) => (near(one) < near(best) ? one : best), [...known][0] ?? '');
    throw new UsageError(`no event of this run is about article ${articleId}; the nearest is ${nearest}`);
  }
}

export interface ExtractOptions {
  /** The bugs that the run was found to show. */
  readonly bugs: readonly NamedBug[];
  /** The one of them that the events must show; undefined: they must show each. */
  readonly bug?: string | undefined;
  /** Undefined: as few as the bugs need to show. */
  readonly rivals: number | undefined;
  /** Used when the bugs show in none of the attempts. */
  readonly otherwise: number;
  /** Nothing is left out, and everything is sent when it was. */
  readonly whole: boolean;
}

/** For extractions that are sent anew: at this speed one event is processed before the next is due. */
const ANEW = { speed: 60, gapMs: 20_000, mostEvents: 60 };

/** @throws UsageError when no events show each of several bugs, and some show one of them: then `bug` must choose */
export function extract(run: ReadRun, articles: readonly string[], options: ExtractOptions): Extraction {
  const { bugs, bug, rivals: wanted, otherwise, whole } = options;
  const { rules, viewsPerEvent } = run.recorded.scenario;
  const all = rivalsOf(run, articles);
  const rivalNames = bugs.map(({ name }) => name);
  const meant = bug === undefined ? bugs : bugs.filter(({ name }) => name === bug);
  const shown = (events: readonly LogEvent[], of = meant) =>
    wouldShow(of, events, { rules, viewsPerEvent, rivals: rivalNames });
  const take = (rivals: readonly string[]): Extraction => {
    const events = eventsOf(run.events, articles, rivals);
    const all = { events, articles, rivals, shows: shown(events), of: events.length, speed: undefined };
    return all.shows && !whole ? lessened(all, (less) => shown(less) === true) : all;
  };
  if (wanted !== undefined) return take(all.slice(0, wanted));
  for (const most of rivalsTried(rules.top)) {
    const extraction = take(all.slice(0, most));
    if (extraction.shows) return extraction;
    if (extraction.shows === undefined) return take(all.slice(0, otherwise));
  }
  const alone = [...new Set(meant.map(({ name }) => name))].filter((name) =>
    rivalsTried(rules.top).some((most) =>
      shown(
        eventsOf(run.events, articles, all.slice(0, most)),
        meant.filter((one) => one.name === name),
      ),
    ),
  );
  if (alone.length > 0 && bug === undefined) {
    const names = [...new Set(rivalNames)].join(' or ');
    throw new UsageError(
      `this run shows ${names}, and no part of its events shows each: choose with --bug ${alone[0]}`,
    );
  }
  return take(all.slice(0, otherwise));
}

function lessened(all: Extraction, shows: (events: readonly LogEvent[]) => boolean): Extraction {
  const isAbout = (events: readonly LogEvent[], articleId: string) =>
    events.some(({ event }) => event?.articleId === articleId);
  // A rival alone may show it too.
  const holds = (events: readonly LogEvent[]) =>
    all.articles.every((articleId) => isAbout(events, articleId)) && shows(events);
  const events = shrunk(all.events, holds);
  const left = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  const less = { ...all, events, rivals: all.rivals.filter((articleId) => left.has(articleId)) };
  const anew = events.map((one, index) => ({ ...one, dueMs: (events[0]?.dueMs ?? 0) + index * ANEW.gapMs }));
  const isQuick = events.length <= ANEW.mostEvents && shows(anew);
  return isQuick ? { ...less, events: anew, speed: ANEW.speed } : less;
}

/** Articles of the same day: first the rows that were found or expected, then by the highest score they ever had. */
function rivalsOf({ recorded, log }: ReadRun, articles: readonly string[]): string[] {
  const { scenario, lanes, history } = recorded;
  const oracle = new Oracle(scenario.rules, lanesByLog(lanes, log));
  const days = new Set(articles.flatMap((articleId) => log.find(articleId)?.day ?? []));
  const rivals = history.days
    .filter(({ span }) => days.has(span.day))
    .flatMap(({ span, list }) => [
      ...[...oracle.expectedList(span), ...list].map(({ articleId }) => articleId),
      ...log.leaders(span.day, Math.max(...rivalsTried(scenario.rules.top))),
    ]);
  return [...new Set(rivals)].filter((articleId) => !articles.includes(articleId) && log.find(articleId) !== undefined);
}

function eventsOf(events: readonly LogEvent[], articles: readonly string[], rivals: readonly string[]): LogEvent[] {
  const [own, others] = [new Set(articles), new Set(rivals)];
  const deciding = decidingOf(events.filter(({ event }) => event && others.has(event.articleId)));
  const wanted = events.filter((one) => one.event && (own.has(one.event.articleId) || deciding.has(one)));
  return inOrderOfSending(wanted);
}

/** Creation and deletion, and the newest and the highest count of each counter. */
function decidingOf(events: readonly LogEvent[]): ReadonlySet<LogEvent> {
  const chosen = new Map<string, LogEvent>();
  for (const one of events) {
    const { event } = one;
    if (!event || event.type === 'ARTICLE_UPDATED') continue;
    const { articleId } = event;
    if (!('count' in event)) {
      const key = `${articleId} ${event.type}`;
      if (!chosen.has(key)) chosen.set(key, one);
      continue;
    }
    const counter = `${articleId} ${COUNTER_OF_TYPE[event.type]}`;
    const newest = chosen.get(`${counter} newest`)?.event;
    if (!newest || compareIds(event.eventId, newest.eventId) > 0) chosen.set(`${counter} newest`, one);
    const highest = chosen.get(`${counter} highest`)?.event;
    if (!highest || !('count' in highest) || event.count > highest.count) chosen.set(`${counter} highest`, one);
  }
  return new Set(chosen.values());
}

/** Keeps the order of the log within each partition. */
function inOrderOfSending(events: readonly LogEvent[]): LogEvent[] {
  const lastMs = new Map<string, number>();
  const sent = events.map((one) => {
    const place = `${one.stream}/${one.partition}`;
    const dueMs = Math.max(one.dueMs, lastMs.get(place) ?? Number.NEGATIVE_INFINITY);
    lastMs.set(place, dueMs);
    return { ...one, dueMs };
  });
  return sent.sort((a, b) => a.dueMs - b.dueMs);
}

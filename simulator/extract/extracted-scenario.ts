// simulator/extract/extracted-scenario.ts — Extracted events as the text of a literal scenario, an event a line.
import { formatLocal, parseLocal } from '../../contract/calendar.js';
import type { HotEvent } from '../../contract/events.js';
import { partitionOf } from '../../contract/partition.js';
import type { LogEvent } from '../history/log-event.js';
import type { Scenario } from '../scenario/schema.js';

export interface ExtractedText {
  readonly description: string;
  readonly events: readonly LogEvent[];
  /** The scenario of the run. */
  readonly scenario: Scenario;
  /** Speed of the clock instead of the run's; the load is then paced. */
  readonly speed: number | undefined;
  readonly expect: { readonly verdict: string; readonly finding?: string };
}

/** JSON for `sim run`; ids beyond 2^53 are texts. */
export function scenarioText({ description, events, scenario, speed, expect }: ExtractedText): string {
  const { rules, clock, pace, topics, viewsPerEvent, consumers } = scenario;
  const head = {
    description,
    rules,
    // The clock starts with the first event.
    clock: { speed: speed ?? clock.speed },
    ...(pace === 'max' && speed === undefined ? { pace } : {}),
    topics: { partitions: topics.partitions },
    ...(viewsPerEvent === 1 ? {} : { viewsPerEvent }),
    ...(consumers === 1 ? {} : { consumers }),
    expect,
  };
  const created = new Set(events.flatMap(({ event }) => (event?.type === 'ARTICLE_CREATED' ? [event.articleId] : [])));
  const lines = events.flatMap((one) => {
    return one.event ? [`    ${oneLine(eventJson(one, one.event, { scenario, created }))}`] : [];
  });
  const fields = Object.entries(head).map(([name, value]) => `  "${name}": ${oneLine(value)},`);
  return `{\n${fields.join('\n')}\n  "events": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

interface Surroundings {
  readonly scenario: Scenario;
  /** Articles whose creations are among the events. */
  readonly created: ReadonlySet<string>;
}

function eventJson(
  { timeMs, dueMs, partition }: LogEvent,
  event: HotEvent,
  { scenario, created }: Surroundings,
): object {
  const { zone } = scenario.rules;
  const { topics } = scenario;
  const usual = partitionOf(Buffer.from(event.articleId), topics.partitions);
  return {
    time: timeText(timeMs, zone),
    ...(dueMs === timeMs ? {} : { sentAt: timeText(dueMs, zone) }),
    type: event.type,
    eventId: idJson(event.eventId),
    payload: payloadOf(event, { time: formatLocal(timeMs, zone), created }),
    ...(partition === usual ? {} : { partition }),
  };
}

/** What the ranking and the read models need; the rest has defaults. @param time local */
function payloadOf(
  event: HotEvent,
  { time, created }: Pick<Surroundings, 'created'> & { readonly time: string },
): object {
  const articleId = idJson(event.articleId);
  switch (event.type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED': {
      const { createdDay, title } = event;
      const date = createdDay.replace(/(....)(..)(..)/, '$1-$2-$3');
      const isKnown = event.type === 'ARTICLE_CREATED' ? time.startsWith(date) : created.has(event.articleId);
      return { articleId, title, ...(isKnown ? {} : { createdAt: `${date}T00:00:00` }) };
    }
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED': {
      const { commentId, writerId, count } = event;
      return { articleId, commentId: idJson(commentId), writerId: idJson(writerId), articleCommentCount: count };
    }
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED':
      return { articleId, userId: idJson(event.userId), articleLikeCount: event.count };
    case 'ARTICLE_VIEWED':
      return { articleId, articleViewCount: event.count };
  }
}

/** Local, or with Z where the clocks are set back and local times come twice. */
function timeText(timeMs: number, zone: string): string {
  const local = formatLocal(timeMs, zone).replace(/\.000$/, '');
  return parseLocal(local, zone) === timeMs ? local : new Date(timeMs).toISOString();
}

function idJson(id: string): number | string {
  return Number.isSafeInteger(Number(id)) ? Number(id) : id;
}

/** JSON with blanks after colons and commas. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `"${name}": ${oneLine(one)}`);
  return `{ ${fields.join(', ')} }`;
}

// simulator/workload/literal-lane.ts — The lane of a literal scenario plays its records as they are given. One lane sends all of them, so each partition keeps its order.
import { entryOf } from '../../contract/assert.js';
import { Calendar } from '../../contract/calendar.js';
import { decodedValue } from '../../contract/codec.js';
import { EVENT_TYPES, type HotEvent, STREAMS } from '../../contract/events.js';
import { compareIds } from '../../contract/ids.js';
import type { LiteralRecord } from '../scenario/schema.js';
import { LaneRecord } from './lane-record.js';
import type { LiteralPlan } from './plan.js';
import { type LaneArticles, type PlannedLane, POISON } from './planned-lane.js';

interface Given {
  readonly record: LiteralRecord;
  readonly value: Buffer;
  /** Undefined when the bytes are no event. */
  readonly event: HotEvent | undefined;
}

export class LiteralLane extends LaneRecord implements PlannedLane {
  readonly lane: number;
  readonly aimed = [];

  readonly #given: readonly Given[];
  readonly #articles: readonly { readonly id: string; readonly createdMs: number }[];
  readonly #articleOf: ReadonlyMap<string, number>;
  readonly #versionOf: ReadonlyMap<string, number>;
  /** Position of a comment among those of all articles. */
  readonly #ordinalOf: ReadonlyMap<string, number>;
  readonly #writers: readonly string[];
  #next = 0;

  constructor({ scenario }: LiteralPlan, lane: number) {
    super();
    this.lane = lane;
    const records = lane === 0 ? scenario.events : [];
    this.#given = records.map((record) => {
      const value = Buffer.from(record.value, record.encoding);
      return { record, value, event: decodedValue(value) };
    });
    const events = this.#given.flatMap(({ event }) => event ?? []);
    this.#articles = articlesOf(events, new Calendar(scenario.rules));
    this.#articleOf = positions(this.#articles.map(({ id }) => id));
    this.#versionOf = positions([...new Set(events.map(({ eventId }) => eventId))].sort(compareIds));
    const writers = new Map<string, string>();
    for (const event of events) {
      if (event.type === 'COMMENT_CREATED') writers.set(event.commentId, event.writerId);
      else if (event.type === 'COMMENT_DELETED' && !writers.has(event.commentId)) writers.set(event.commentId, '');
    }
    this.#ordinalOf = positions([...writers.keys()]);
    this.#writers = [...writers.values()];
  }

  advance(): boolean {
    const given = this.#given[this.#next];
    if (!given) return false;
    this.#next += 1;
    const { record, value, event } = given;
    this.dueMs = record.sentAtMs;
    this.timeMs = record.timeMs;
    this.stream = STREAMS.indexOf(record.topic);
    this.partition = record.partition;
    this.key = Buffer.from(record.key);
    this.value = value;
    this.kind = event ? EVENT_TYPES.indexOf(event.type) : POISON;
    this.article = event ? entryOf(this.#articleOf, event.articleId) : 0;
    this.count = event && 'count' in event ? event.count : 0;
    this.version = event ? entryOf(this.#versionOf, event.eventId) + 1 : this.#next;
    this.ordinal = event && 'commentId' in event ? entryOf(this.#ordinalOf, event.commentId) : 0;
    return true;
  }

  get capacity(): number {
    return this.#articles.length;
  }

  createdMs(article: number): number {
    return this.#articles[article]?.createdMs ?? Number.POSITIVE_INFINITY;
  }

  writerOf(_article: number, ordinal: number): string {
    return this.#writers[ordinal] ?? '';
  }

  articles(): LaneArticles {
    return {
      articles: this.#articles.length,
      createdMs: Float64Array.from(this.#articles, ({ createdMs }) => createdMs),
      ids: BigUint64Array.from(this.#articles, ({ id }) => BigInt(id)),
    };
  }

  /** @param edition version of the update that gave it, 0: the creation. Of two titles the one with the larger version stands. */
  titleOf(article: number, edition: number): string {
    const id = this.#articles[article]?.id;
    let title = '';
    let newest = -1;
    for (const { event } of this.#given) {
      if (!event || !('title' in event) || event.articleId !== id || event.type === 'ARTICLE_DELETED') continue;
      const version = entryOf(this.#versionOf, event.eventId) + 1;
      const isMeant = event.type === 'ARTICLE_CREATED' || version === edition;
      if (!isMeant || version <= newest) continue;
      title = event.title;
      newest = version;
    }
    return title;
  }
}

/** In order of creation. Articles of unknown day come last, as they count on no day. */
function articlesOf(events: readonly HotEvent[], calendar: Calendar): { id: string; createdMs: number }[] {
  const createdMs = new Map<string, number>();
  for (const event of events) {
    const known = createdMs.get(event.articleId) ?? Number.POSITIVE_INFINITY;
    createdMs.set(event.articleId, 'createdDay' in event ? calendar.span(event.createdDay).startMs : known);
  }
  const articles = [...createdMs].map(([id, at]) => ({ id, createdMs: at }));
  // Infinity minus Infinity is NaN.
  return articles.sort((a, b) => (a.createdMs === b.createdMs ? compareIds(a.id, b.id) : a.createdMs - b.createdMs));
}

function positions(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, index) => [value, index]));
}

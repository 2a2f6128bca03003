// simulator/judge/log/ledger.ts — All events of one article in the order in which they were to be sent, with its counts by the rules before and after each.

import type { Calendar } from '../../../contract/calendar.js';
import { type Day, STREAMS } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTER_OF_TYPE, COUNTERS } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';
import type { LedgerRow } from '../../record/diagnosis-record.js';
import { LEDGER_EFFECTS, type LedgerEffect } from '../../vocabulary/ledger-effects.js';

/** A viral article has half a million events; what went wrong is nearly always among the last. */
const MAX_ROWS = 20_000;
const DROPPED_AT_ONCE = 5000;

/** A row of this version of sim; one that is read from an old record may have no code. */
export interface CodedRow extends LedgerRow {
  readonly code: LedgerEffect;
}

interface Effect {
  readonly code: LedgerEffect;
  /** The standing fact that the event decides: a counter, or the article's creation or end. */
  readonly decides?: (typeof COUNTERS)[number] | 'created' | 'deleted';
}

export class Ledger {
  readonly articleId: string;
  readonly day: Day;
  /** Events of the article in all. */
  events = 0;
  readonly #calendar: Calendar;
  #rows: Omit<CodedRow, 'stands'>[] = [];
  readonly #counts = [0, 0, 0];
  readonly #newest = ['0', '0', '0'];
  /** Row that decides a counter, or the article's end. */
  readonly #standing = new Map<string, object>();

  constructor(article: { readonly articleId: string; readonly day: Day }, calendar: Calendar) {
    this.articleId = article.articleId;
    this.day = article.day;
    this.#calendar = calendar;
  }

  add(log: LogEvent): void {
    const { event, stream, partition, offset, timeMs, dueMs } = log;
    if (event?.articleId !== this.articleId) return;
    this.events += 1;
    const before = this.#values();
    const { code, decides } = this.#apply(log);
    const { type, eventId } = event;
    const place = { stream: STREAMS[stream] ?? '', partition, offset };
    const row = {
      type,
      eventId,
      ...place,
      timeMs,
      dueMs,
      before,
      after: this.#values(),
      effect: textOf(code, log),
      code,
    };
    if (decides) this.#standing.set(decides, row);
    this.#rows.push(row);
    if (this.#rows.length > MAX_ROWS) this.#rows = this.#rows.slice(DROPPED_AT_ONCE);
  }

  /** The last ones, if there are very many. */
  rows(): CodedRow[] {
    const standing = new Set(this.#standing.values());
    return this.#rows.map((row) => ({ ...row, stands: standing.has(row) }));
  }

  #apply({ event, timeMs }: LogEvent): Effect {
    if (event?.type === 'ARTICLE_CREATED') return { code: 'created', decides: 'created' };
    if (event?.type === 'ARTICLE_DELETED') {
      const isPublished = timeMs >= this.#calendar.publishedAtMs(this.day);
      return { code: isPublished ? 'withdrawn' : 'deleted', decides: 'deleted' };
    }
    const counter = event && COUNTER_OF_TYPE[event.type];
    if (!event || counter === undefined || !('count' in event)) return { code: 'no-count' };
    if (this.#calendar.at(timeMs).day !== this.day) return { code: 'other-day' };
    const order = compareIds(event.eventId, this.#newest[counter] ?? '0');
    if (order === 0) return { code: 'repeated' };
    if (order < 0) return { code: 'older' };
    this.#newest[counter] = event.eventId;
    this.#counts[counter] = event.count;
    return { code: 'set', decides: COUNTERS[counter] };
  }

  #values(): { like: number; comment: number; view: number } {
    const [like = 0, comment = 0, view = 0] = this.#counts;
    return { like, comment, view };
  }
}

function textOf(code: LedgerEffect, { event }: LogEvent): string {
  const counter = event && COUNTER_OF_TYPE[event.type];
  if (code !== 'set' || counter === undefined || !event || !('count' in event)) return LEDGER_EFFECTS[code];
  return `sets ${COUNTERS[counter]}s to ${event.count}`;
}

// simulator/scenario/literal/literal-agreement.ts — Finds literal events that contradict each other: then no list would be right.
import { parseLocal } from '../../../contract/calendar.js';
import type { HotEvent } from '../../../contract/events.js';
import type { Issue } from '../issue.js';
import { MAX_COUNTED } from './literal-event.js';

interface EventPlace {
  /** In the list. */
  readonly index: number;
  readonly timeMs: number;
  /** It is a RAW value, so it has no payload to point at. */
  readonly isRaw: boolean;
}

/** The first statement about a thing, and the event that made it. */
interface Said {
  readonly what: string;
  readonly index: number;
}

/** Events are added in the order of the list. */
export class Agreement {
  readonly #issue: Issue;
  readonly #said = new Map<string, Said>();

  constructor(issue: Issue) {
    this.#issue = issue;
  }

  add(event: HotEvent, place: EventPlace): void {
    const at = (field: string) => (place.isRaw ? [place.index] : [place.index, 'payload', field]);
    const { eventId, articleId } = event;
    if (eventId === '0') this.#issue([place.index], 'has the eventId 0; versions count from 1');
    const content = JSON.stringify([event, place.timeMs]);
    this.#expectSame(`event ${eventId}`, { what: content, index: place.index }, ([index]) => {
      const path = place.isRaw ? [place.index] : [place.index, 'eventId'];
      const message = `${eventId} is the id of events[${index}], too, which says something else; sent again, an event has the same time and payload`;
      this.#issue(path, message);
    });
    if ('count' in event && event.count > MAX_COUNTED) {
      this.#issue([place.index], `counts ${event.count}; at most ${MAX_COUNTED} can be compared`);
    }
    if ('createdDay' in event) {
      const { createdDay } = event;
      if (!isDate(createdDay)) this.#issue(at('createdAt'), `${createdDay} is not a date`);
      this.#expectSame(`day of ${articleId}`, { what: createdDay, index: place.index }, ([index, day]) => {
        const message = `article ${articleId} was created on ${day} by events[${index}], and on ${createdDay} here`;
        this.#issue(at('createdAt'), message);
      });
    }
    if (event.type === 'ARTICLE_CREATED') {
      this.#expectSame(`title of ${articleId}`, { what: event.title, index: place.index }, ([index, title]) => {
        const message = `article ${articleId} was created with the title "${title}" by events[${index}]`;
        this.#issue(at('title'), message);
      });
    }
    if (event.type === 'COMMENT_CREATED') {
      const { commentId, writerId } = event;
      this.#expectSame(`comment ${commentId}`, { what: writerId, index: place.index }, ([index, writer]) => {
        this.#issue(at('writerId'), `comment ${commentId} is by ${writer} in events[${index}]`);
      });
    }
  }

  #expectSame(thing: string, said: Said, differs: (before: readonly [index: number, what: string]) => void): void {
    const before = this.#said.get(thing);
    if (!before) this.#said.set(thing, said);
    else if (before.what !== said.what) differs([before.index, before.what]);
  }
}

function isDate(day: string): boolean {
  return parseLocal(day, 'UTC') !== undefined;
}

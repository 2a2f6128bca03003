// simulator/produce/account/read-model-truth.ts — The oracle's state of one lane's read models: counts and state of all days, and which title stands.
import type { Calendar } from '../../../contract/calendar.js';
import { Kind } from '../../../contract/kind.js';
import type { Maybe, ReadModelsTruth, SendEnd } from '../../history/lane-result.js';
import { type EventTimes, LaneTruth } from './lane-truth.js';

/** At most 35 bytes an article. */
export class ReadModelTruth implements ReadModelsTruth {
  /** Where there are no days, no event is of another day than its article's, and none is late. */
  readonly truth: LaneTruth;
  readonly editions: Uint32Array;
  readonly maybeEditions: { readonly article: number; readonly edition: number }[] = [];

  constructor(capacity: number, calendar: Calendar) {
    this.truth = new LaneTruth(capacity, calendar, []);
    this.editions = new Uint32Array(capacity);
  }

  /** One event whose send has ended; the version of an update is the edition of its title. */
  settle(sent: SendEnd, event: Maybe, times: EventTimes): void {
    if (event.kind !== Kind.updated) this.truth.settle(sent, event, times);
    else if (sent === 'info') this.maybeEditions.push({ article: event.article, edition: event.version });
    else if (sent === 'ok' && event.version > (this.editions[event.article] ?? 0))
      this.editions[event.article] = event.version;
  }
}

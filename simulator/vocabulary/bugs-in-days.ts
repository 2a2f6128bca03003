// simulator/vocabulary/bugs-in-days.ts — Known bugs in what belongs to which day, how long it stays, and when it is closed and published.
import type { Bug } from './bug.js';

export const BUGS_IN_DAYS = {
  PROC_TIME_DAY: {
    does: 'An event counts for the day on which it is processed.',
    shows: 'The last events before midnight are missing, and all of them after a delay.',
    foundBy: ['variant fold', 'day end'],
    shownBy: { scenario: 'midnight-rush' },
    heal: 'Take the day from the timestamp of the record, never from the clock of the consumer.',
  },
  ZONE_SHIFT: {
    does: 'The day is a date in another time zone.',
    shows: 'Events of some hours around midnight count for the wrong day.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'smoke' },
    heal: 'Name the zone of the rules wherever a date is made. A container runs in UTC.',
  },
  TORN_EXPIRY: {
    does: 'Counts expire at midnight one by one, while an update reads them.',
    shows: 'Scores fall at the close: some counts of an article are zero, and others are not.',
    foundBy: ['variant fold', 'day end'],
    shownBy: { scenario: 'midnight-rush' },
    heal: 'Let counts expire hours after the close, and decide by the time of the event what still counts.',
  },
  MUTABLE_RESULT: {
    does: 'A closed day still changes: late events count, or the rank of a deleted article is filled.',
    shows: 'Two answers for the same day differ.',
    foundBy: ['variant fold', 'publication'],
    shownBy: { scenario: 'midnight-rush' },
    heal: 'Compare the time of the event with the close of the article’s day. After publication, only remove.',
  },
  EARLY_SERVE: {
    does: 'A day is given to clients before all of its events are applied.',
    shows: 'The first answer after publication differs from later ones.',
    foundBy: ['publication', 'lost events'],
    shownBy: { scenario: 'behind-at-midnight' },
    heal: 'Before a day is published, read every partition up to the end that it had at the close.',
  },
  RETENTION: {
    does: 'The list expires too early, too late, or never.',
    shows: 'A day that can still be read is gone, or an older one is still there.',
    foundBy: ['retention', 'found lists'],
    shownBy: { scenario: 'smoke', set: ['clock.speed=5760'] },
    heal: 'Compute the expiry from the day: the end of its last readable day. Set it again whenever the key is made anew.',
  },
} as const satisfies Readonly<Record<string, Bug>>;

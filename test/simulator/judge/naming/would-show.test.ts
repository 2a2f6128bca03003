// test/simulator/judge/naming/would-show.test.ts — A bug shows in events where it makes something wrong that no other bug makes.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { wouldShow } from '../../../../simulator/judge/naming/would-show.js';
import { logOf, rules } from './hand-fold.js';

const STALE = { name: 'STALE_OVERWRITE', does: 'the count that arrives last stands, also when it is older' };
const options = { rules, viewsPerEvent: 1 };
const inOrder = logOf({ 7: [3, 0, 2], 8: [2, 0, 9] });
/** The first like comes again, or for the first time, when only a view of the other article is left: a counter that all share would show there. */
const late = (isRepeat: boolean): LogEvent[] => {
  const first = inOrder.findIndex(({ event }) => event?.type === 'ARTICLE_LIKED');
  const others = isRepeat ? inOrder : inOrder.filter((_, i) => i !== first);
  return [...others.slice(0, -1), ...inOrder.slice(first, first + 1), ...others.slice(-1)];
};

test('an older count that comes late shows it, and counts in order do not', () => {
  assert.is(wouldShow([STALE], late(false), options), true);
  assert.is(wouldShow([STALE], inOrder, options), false);
});

test('a repeat alone does not tell it from another bug, unless both were found', () => {
  const resend = { name: 'LATE_RESEND', does: 'an event that is sent again overwrites newer counts' };
  assert.is(wouldShow([STALE], late(true), options), false);
  assert.is(wouldShow([STALE, resend], late(true), options), true);
});

test('of two bugs each must show', () => {
  const deleted = { name: 'DELETE_IGNORED', does: 'ARTICLE_DELETED is not applied' };
  assert.is(wouldShow([STALE, deleted], late(false), options), false);
  assert.is(wouldShow([STALE], late(false), { ...options, rivals: ['STALE_OVERWRITE', 'DELETE_IGNORED'] }), true);
});

test('where nothing is to be listed nothing shows', () => {
  const counts = late(false).filter(({ event }) => event?.type !== 'ARTICLE_CREATED');
  assert.is(wouldShow([STALE], counts, options), false);
});

test('what is no function of the events cannot be told', () => {
  assert.is(
    wouldShow([{ name: 'LOST_ON_CRASH', does: 'loses what it has not stored' }], late(false), options),
    undefined,
  );
});

test.run();

// test/contract/kind.test.ts — The tables of kinds and counters agree with each other and with the lists of types and streams.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { elementAt } from '../../contract/assert.js';
import { EVENT_TYPES, STREAM_OF, STREAMS } from '../../contract/events.js';
import {
  COUNTER_OF_KIND,
  COUNTER_OF_TYPE,
  COUNTERS,
  Counter,
  KIND_OF_COUNTER,
  Kind,
  STREAM_OF_KIND,
} from '../../contract/kind.js';

test('kinds are the positions of the types', () => {
  assert.equal(Object.values(Kind), [...EVENT_TYPES.keys()]);
  assert.is(EVENT_TYPES[Kind.commentDeleted], 'COMMENT_DELETED');
});

test('a kind has the stream and the counter of its type', () => {
  for (const [kind, type] of EVENT_TYPES.entries()) {
    assert.is(STREAMS[elementAt(STREAM_OF_KIND, kind)], STREAM_OF[type]);
    assert.is(COUNTER_OF_KIND[kind], COUNTER_OF_TYPE[type]);
  }
});

test('counters are the positions of their names, and each is set by its kind', () => {
  assert.equal(Object.keys(Counter), [...COUNTERS]);
  assert.equal(Object.values(Counter), [...COUNTERS.keys()]);
  for (const [counter, kind] of KIND_OF_COUNTER.entries()) assert.is(COUNTER_OF_KIND[kind], counter);
});

test.run();

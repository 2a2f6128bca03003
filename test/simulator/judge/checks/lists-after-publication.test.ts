// test/simulator/judge/checks/lists-after-publication.test.ts — What a published list may do: lose rows, and be less while Redis is broken.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import type { ObservedDay, ObservedSnapshot } from '../../../../simulator/history/history.js';
import {
  atText,
  firstChange,
  firstProblem,
  untilRedisBreaks,
} from '../../../../simulator/judge/checks/lists-after-publication.js';
import { calendar, day, historyWith, idOf, onTime, oracleOf, rightList, threeArticles } from '../histories.js';

const observed: ObservedDay = { span: day, list: [], articles: undefined, isForgotten: false, expiry: onTime };
const lookAt = (atMs: number, list = rightList): ObservedSnapshot => ({
  atMs,
  askedMs: atMs,
  answeredMs: atMs,
  day: day.day,
  list,
});

test('a row is a change when it is new or has another score, and none when it is gone', () => {
  const [first, second] = [
    { articleId: '1', score: 5 },
    { articleId: '2', score: 4 },
  ];
  assert.is(firstChange([first, second], [second]), undefined);
  assert.equal(firstChange([first], [first, second]), second);
  assert.equal(firstChange([first, second], [first, { ...second, score: 3 }]), { ...second, score: 3 });
});

test('an article that is deleted after publication may be listed until then, and one that was deleted before may not', () => {
  const deletedAt = (atMs: number) => oracleOf([...threeArticles, [Kind.deleted, 1, 0, 'ok', atMs]]);
  const published = calendar.publishedAtMs(day.day);
  assert.is(firstProblem(observed, lookAt(0), deletedAt(published)), undefined);
  assert.match(firstProblem(observed, lookAt(0), deletedAt(published - 1))?.message ?? '', `${idOf(1)} was deleted`);
});

test('looks count until the first fault that breaks Redis, and whatever else breaks', () => {
  const fault = (kind: FaultResult['kind'], injectedAtMs: number | null): FaultResult => ({
    kind,
    target: 'it',
    injectedAtMs,
    healedAtMs: null,
  });
  const counted = (...faults: readonly FaultResult[]) =>
    [999, 1000, 5000].map((atMs) => untilRedisBreaks({ ...historyWith([]), faults })(lookAt(atMs)));
  assert.equal(counted(), [true, true, true]);
  assert.equal(counted(fault('redis-kill', 5000), fault('redis-flush', 1000)), [true, false, false]);
  assert.equal(counted(fault('consumer-kill', 1000), fault('redis-kill', null)), [true, true, true]);
});

test('a look is told by when it was, in seconds since the load began', () => {
  assert.is(atText(lookAt(1250)), '1.3 s after the load began');
});

test.run();

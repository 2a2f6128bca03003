// test/simulator/run/leftovers.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { leftoversIn } from '../../../simulator/run/leftovers.js';

const NOW_MS = Date.UTC(2026, 11, 1, 12);

test('topics, groups and keys of a killed run are found together', () => {
  const found = {
    topics: ['sim-20261130-101500-a1b2.board-like', 'sim-20261130-101500-a1b2.board-view'],
    groups: [{ id: 'sim-20261130-101500-a1b2.hot-article-service', members: 0 }],
    keys: ['sim:20261130-101500-a1b2:hot-article::list::20241001', 'sim:20261130-101500-a1b2:{0}:x'],
    nowMs: NOW_MS,
  };
  assert.equal(leftoversIn(found), [
    { runId: '20261130-101500-a1b2', topics: found.topics, groups: [found.groups[0]?.id], keys: 2, mayGoOn: undefined },
  ]);
});

test('what no run of sim has named is never found', () => {
  const topics = [
    'board-like',
    'sim-board',
    'sim-20261130.board',
    'my.sim-20261130-101500-a1b2.x',
    '__consumer_offsets',
  ];
  const groups = [{ id: 'hot-article-service', members: 0 }];
  const keys = [
    'hot-article::list::20241001',
    'sim:mine',
    'xsim:20261130-101500-a1b2:list',
    'sim:20261130-101500-A1B2:x',
  ];
  assert.equal(leftoversIn({ topics, groups, keys, nowMs: NOW_MS }), []);
});

test('a run whose consumers are still there goes on', () => {
  const groups = [{ id: 'sim-20261130-101500-a1b2.hot-article-service', members: 2 }];
  const [run] = leftoversIn({ topics: [], groups, keys: [], nowMs: NOW_MS });
  assert.is(run?.mayGoOn, 'its group has members');
});

test('a run that began only now may have no consumers yet', () => {
  const at = (text: string) => leftoversIn({ topics: [`sim-${text}-a1b2.x`], groups: [], keys: [], nowMs: NOW_MS })[0];
  assert.is(at('20261201-115001')?.mayGoOn, 'it began less than 10 minutes ago');
  assert.is(at('20261201-115000')?.mayGoOn, undefined);
});

test('runs come one by one, the oldest first', () => {
  const topics = ['sim-20261130-101500-ffff.x', 'sim-20261129-101500-aaaa.x'];
  const keys = ['sim:20261128-000000-0000:k'];
  assert.equal(
    leftoversIn({ topics, groups: [], keys, nowMs: NOW_MS }).map(({ runId }) => runId),
    ['20261128-000000-0000', '20261129-101500-aaaa', '20261130-101500-ffff'],
  );
});

test.run();

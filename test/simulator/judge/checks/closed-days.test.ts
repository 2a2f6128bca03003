// test/simulator/judge/checks/closed-days.test.ts — Which looks at a published list count, from when on it must stay, and what is said when it does not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ranked } from '../../../../contract/rules.js';
import type { History, ObservedDay, ObservedSnapshot } from '../../../../simulator/history/history.js';
import type { ObservedCommits } from '../../../../simulator/history/observed-commits.js';
import { checkClosedDays } from '../../../../simulator/judge/checks/closed-days.js';
import { calendar, day, historyWith, idOf, onTime, oracleOf, rightList, threeArticles } from '../histories.js';

const PUBLISHED_MS = calendar.publishedAtMs(day.day);
const FORGOTTEN_MS = calendar.forgottenAtMs(day.day);
const NEXT = '20241002';
const observed: ObservedDay = { span: day, list: rightList, articles: undefined, isForgotten: false, expiry: onTime };
const days = [observed, { ...observed, span: calendar.span(NEXT), list: [] }];
const [first, second] = rightList as [Ranked, Ranked];
const changed = [first, { ...second, score: 4 }];

/** @param afterMs event time after the publication of the day, and wall time after 20 s of load */
const look = (afterMs: number, list: readonly Ranked[] = rightList, name = day.day): ObservedSnapshot => {
  const askedMs = PUBLISHED_MS + afterMs;
  return { atMs: 20_000 + afterMs, askedMs, answeredMs: askedMs, day: name, list };
};
const commit = (atMs: number, committed: ObservedCommits['committed']): ObservedCommits => ({
  atMs,
  committed,
  latest: [[9, 8], [7]],
});
const ALL = [[9, 8], [7]];

const check = (snapshots: readonly ObservedSnapshot[], fields: Partial<History>) =>
  checkClosedDays({ ...historyWith(rightList), days, snapshots, ...fields }, oracleOf(threeArticles));
/** Clients were given the day all along. */
const given = (...snapshots: readonly ObservedSnapshot[]) => check(snapshots, { answers: [look(-9000, [], NEXT)] });

test('looks count from the publication of their day until it is forgotten', () => {
  const result = given(
    ...[look(-1, changed), look(0), look(500, [], NEXT), look(1000)],
    ...[look(FORGOTTEN_MS - PUBLISHED_MS - 1), look(FORGOTTEN_MS - PUBLISHED_MS, changed)],
  );
  assert.equal(result, {
    check: 'closed days',
    outcome: 'pass',
    seen: '3 looks at the lists of 1 published days',
    findings: [],
    findingCount: 0,
  });
});

test('each day has its own looks', () => {
  const nextMs = calendar.publishedAtMs(NEXT) - PUBLISHED_MS;
  const result = given(look(0), look(1000), look(nextMs, [], NEXT), look(nextMs + 1, [], NEXT), look(nextMs + 2));
  assert.equal([result?.outcome, result?.seen], ['pass', '5 looks at the lists of 2 published days']);
});

test('another score, or a row that is gone without a deletion, is told with the article', () => {
  const at = `the list of ${day.day} was right after its publication, and changed 21.0 s after the load began: `;
  assert.equal(given(look(0), look(1000, changed), look(2000))?.findings, [
    {
      code: 'closed-list-changed',
      day: day.day,
      articleId: idOf(2),
      message: `${at}article ${idOf(2)} has 4, and had 3`,
    },
  ]);
  assert.match(
    given(look(0, []), look(500), look(1000, [...rightList, { articleId: idOf(0), score: 3 }]))?.findings[0]?.message ??
      '',
    `${at}article ${idOf(0)} has 3, and had no row`,
  );
  const [finding] = given(look(0), look(1000, [first]))?.findings ?? [];
  assert.equal([finding?.day, finding?.articleId], [day.day, idOf(2)]);
  assert.match(finding?.message ?? '', `${at}${day.day}: article ${idOf(2)} is missing`);
});

test('a change is held against the look before, not against the first one', () => {
  const growing = oracleOf([...threeArticles, [7, 2, 4, 'ok', day.startMs + 6000, PUBLISHED_MS]]);
  const snapshots = [look(0), look(1000, changed), look(2000, changed)];
  const { findings } = checkClosedDays(
    { ...historyWith(rightList), days, snapshots, answers: [look(-9000)] },
    growing,
  ) as {
    findings: readonly { message: string }[];
  };
  assert.equal(findings.length, 1);
});

test('a list that is never right, however it changes, is left to other checks', () => {
  assert.equal(given(look(0, [first]), look(1000, changed), look(2000, []))?.findings, []);
});

test('a day is complete when clients are given it, or a newer one, and not while they are given an older one', () => {
  const snapshots = [look(0), look(1000, changed), look(2000), look(3000)];
  const answers = [look(-500, [], '20240930'), look(1500)];
  assert.equal(check(snapshots, { answers })?.findings, []);
  assert.is(check(snapshots, { answers: answers.slice(0, 1) }), undefined);
  assert.is(check(snapshots, { answers: [look(0, [], NEXT)] })?.findingCount, 1);
});

test('where clients are given nothing, it is complete when the group has read every partition after the publication', () => {
  const snapshots = [look(-3000), look(300, [], NEXT), look(500), look(1000, changed), look(2000), look(3000)];
  const findingsOf = (...commits: readonly ObservedCommits[]) => check(snapshots, { commits })?.findingCount;
  assert.is(findingsOf(commit(20_500, ALL)), 1);
  for (const early of [18_000, 20_400]) assert.is(findingsOf(commit(early, ALL), commit(21_500, ALL)), 0);
  for (const part of [[[9, 7], [7]], [[9, 8], [6]], [[9, 8]], [[0, 8], [7]]])
    assert.is(findingsOf(commit(20_500, part), commit(21_500, ALL)), 0);
  assert.is(findingsOf(commit(18_000, ALL)), undefined);
  assert.is(check([look(0), look(1000, changed)], { commits: [commit(20_000, ALL)] })?.findingCount, 1);
});

test.run();

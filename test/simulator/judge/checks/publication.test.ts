// test/simulator/judge/checks/publication.test.ts — What clients are given, and whether it stays; and lists of closed days as everybody sees them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import type { History, ObservedSnapshot } from '../../../../simulator/history/history.js';
import type { CodedResult } from '../../../../simulator/judge/checks/checker.js';
import { checkClosedDays } from '../../../../simulator/judge/checks/closed-days.js';
import { checkPublication, publicationTimes } from '../../../../simulator/judge/checks/publication.js';
import { publicationBugs } from '../../../../simulator/judge/naming/publication-bugs.js';
import { calendar, day, historyWith, idOf, oracleOf, rightList, threeArticles } from '../histories.js';

const SPEED = 1000;
const published = calendar.publishedAtMs(day.day);
/** @param afterMs wall time after the publication */
const look = (afterMs: number, list: readonly Ranked[] = rightList, name = day.day): ObservedSnapshot => {
  const askedMs = published + afterMs * SPEED;
  return { atMs: 20_000 + afterMs, askedMs, answeredMs: askedMs + 1, day: name, list };
};
const oracle = oracleOf(threeArticles);
const incomplete = rightList.slice(0, 1);
const later = [
  { articleId: idOf(1), score: 4 },
  { articleId: idOf(2), score: 4 },
];

const withAnswers = (...answers: readonly ObservedSnapshot[]): History => ({ ...historyWith(rightList), answers });
/** All is read at the first look. */
const withLooks = (...snapshots: readonly ObservedSnapshot[]): History => ({
  ...historyWith(rightList),
  snapshots,
  commits: [{ atMs: 20_500, committed: [[9]], latest: [[9]] }],
});
const messages = (history: History, truth = oracle) =>
  checkPublication(history, truth, SPEED)?.findings.map(({ message }) => message);
const changes = (history: History, truth = oracle) =>
  checkClosedDays(history, truth)?.findings.map((one) => one.message);

test('a day that is given when it is complete, and then stays, is right', () => {
  assert.equal(messages(withAnswers(look(500), look(1500))), []);
  assert.is(checkPublication(withAnswers(), oracle, SPEED), undefined);
});

test('a day that is given before its time, or before it is complete, is not', () => {
  assert.match(messages(withAnswers(look(-500), look(500)))?.[0] ?? '', 'before its publication');
  const [message = '', ...others] = messages(withAnswers(look(500, incomplete), look(1500))) ?? [];
  assert.match(message, `clients were given ${day.day} 20.5 s after the load began, when it was not right: `);
  assert.match(message, /article \d+ is missing/);
  assert.equal(others, []);
});

test('at the end the newest day must be given', () => {
  const before = '20240930';
  assert.match(
    messages(withAnswers(look(500, [], before), look(9000, [], before)))?.[0] ?? '',
    `still given ${before}`,
  );
  assert.equal(messages(withAnswers(look(500, [], before), look(4500, [], before))), []);
});

test('from the very time of its publication on a day may be given', () => {
  const answered = (ms: number) => messages(withAnswers({ ...look(0), askedMs: published - 500, answeredMs: ms }));
  assert.equal(answered(published), []);
  assert.match(answered(published - 1)?.[0] ?? '', 'before its publication');
});

test('what clients are given may not change, even where either would be right', () => {
  const truth = oracleOf([...threeArticles, [Kind.viewed, 2, 4, 'ok', day.startMs + 6000, published]]);
  assert.equal(messages(withAnswers(look(500), look(1500)), truth), []);
  const result = checkPublication(withAnswers(look(500), look(1500, later), look(2500)), truth, SPEED);
  assert.equal([result?.check, result?.outcome], ['publication', 'fail']);
  assert.equal(result?.findings, [
    {
      day: day.day,
      articleId: idOf(2),
      code: 'served-list-changed',
      message: `what clients are given of ${day.day} changed 21.5 s after the load began: article ${idOf(2)} has 4`,
    },
  ]);
});

test('of each day the first problem is told', () => {
  const next = calendar.span('20241002');
  const nextMs = (calendar.publishedAtMs(next.day) - published) / SPEED;
  const history = {
    ...withAnswers(look(500, incomplete), look(1500, incomplete), look(nextMs, later, next.day)),
    days: [...historyWith(rightList).days, { ...historyWith([]).days[0], span: next }] as History['days'],
  };
  const result = checkPublication(history, oracle, SPEED);
  assert.equal(
    result?.findings.map((one) => one.day),
    [day.day, next.day],
  );
  assert.is(result?.seen, '3 answers to clients, of 2 days');
});

test('what is given after Redis broke, or of a day that is not judged, is not looked at', () => {
  const fault: FaultResult = { kind: 'redis-kill', target: 'Redis', injectedAtMs: 21_000, healedAtMs: 22_000 };
  const answers = withAnswers(look(500), look(1500, []));
  assert.is(messages(answers)?.length, 1);
  assert.equal(messages({ ...answers, faults: [fault] }), []);
  assert.equal(messages(withAnswers(look(500, incomplete, '20240930'), look(1500))), []);
});

test('a day must be given once its publication is 5 s ago, unless something stayed broken', () => {
  const old = (afterMs: number) => withAnswers(...[500, 600, afterMs].map((at) => look(at, [], '20240930')));
  const unhealed: FaultResult = { kind: 'consumer-kill', target: 'it', injectedAtMs: 1, healedAtMs: null };
  assert.equal(messages(old(4999)), []);
  assert.equal(checkPublication(old(5000), oracle, SPEED)?.findings, [
    {
      day: day.day,
      expected: day.day,
      found: '20240930',
      code: 'served-too-late',
      message: `clients are still given 20240930 at the end, expected ${day.day}`,
    },
  ]);
  assert.equal(messages({ ...old(5000), faults: [unhealed] }), []);
  assert.is(messages({ ...old(5000), faults: [{ ...unhealed, healedAtMs: 2 }] })?.length, 1);
  assert.equal(messages(withAnswers(look(500), look(5000))), []);
});

test('after publication an article may be deleted, and nothing else may happen', () => {
  const deleted = oracleOf([...threeArticles, [Kind.deleted, 1, 0, 'ok', published + 5]]);
  const shorter = rightList.slice(1);
  for (const [history, found] of [
    [withAnswers(look(500), look(1500, shorter)), messages],
    [withLooks(look(500), look(1500, shorter)), changes],
  ] as const) {
    assert.equal(found(history, deleted), []);
    assert.is(found(history, oracle)?.length, 1);
  }
  assert.match(changes(withLooks(look(500), look(1500, later)))?.[0] ?? '', `article ${idOf(2)} has 4, and had 3`);
});

test('a list that is right for the first time after its publication was late, and has not changed', () => {
  assert.equal(changes(withLooks(look(500, incomplete), look(1500), look(2500))), []);
  assert.is(changes(withLooks(look(500))), undefined);
  assert.is(changes(withLooks(look(-2500), look(-1500))), undefined);
});

test('as long as not all is read, a list that is right by chance may change again', () => {
  const snapshots = withLooks(look(500), look(1500, later), look(2500), look(3500));
  const read = (next: number) => [{ atMs: 22_500, committed: [[next]], latest: [[9]] }];
  assert.equal(changes({ ...snapshots, commits: read(9) }), []);
  assert.is(changes({ ...snapshots, commits: read(8) }), undefined);
  assert.is(changes(snapshots)?.length, 1);
  assert.equal(changes({ ...snapshots, answers: [look(2500)] }), []);
});

test('a Redis that has lost something is filled again, and is not looked at any more', () => {
  const fault: FaultResult = { kind: 'redis-kill', target: 'Redis', injectedAtMs: 21_000, healedAtMs: 22_000 };
  const broken = { ...withLooks(look(500), look(900), look(1500, [])), faults: [fault] };
  assert.equal(changes(broken), []);
  assert.is(changes(withLooks(look(500), look(900), look(1500, [])))?.length, 1);
});

test('what was wrong for a while has a name', () => {
  const namesOf = (check: CodedResult | undefined) =>
    check && publicationBugs([check])?.naming.consistent.map(({ name }) => name);
  assert.equal(namesOf(checkPublication(withAnswers(look(500, incomplete)), oracle, SPEED)), ['EARLY_SERVE']);
  assert.equal(namesOf(checkClosedDays(withLooks(look(500), look(1500, later)), oracle)), ['MUTABLE_RESULT']);
  assert.is(namesOf(checkPublication(withAnswers(look(500)), oracle, SPEED)), undefined);
});

test('times count from the publication to the first look after the last wrong one', () => {
  const history = {
    ...withLooks(look(-900, incomplete), look(300, incomplete), look(1200), look(2100)),
    answers: [look(1300)],
  };
  assert.equal(publicationTimes(history, oracle, SPEED), [{ day: day.day, rightAfterMs: 1200, givenAfterMs: 1300 }]);
  const inTime = withLooks(look(-900), look(300));
  assert.equal(publicationTimes(inTime, oracle, SPEED), [{ day: day.day, rightAfterMs: 0, givenAfterMs: null }]);
  assert.equal(publicationTimes(withLooks(look(-900)), oracle, SPEED), []);
  assert.equal(publicationTimes(withLooks(look(0)), oracle, SPEED), [
    { day: day.day, rightAfterMs: 0, givenAfterMs: null },
  ]);
});

test('times are told from the looks at the day between its end and the time when it is forgotten', () => {
  const at = (ms: number, list = rightList, name = day.day) => look((ms - published) / SPEED, list, name);
  const forgottenMs = calendar.forgottenAtMs(day.day);
  const timesOf = (...snapshots: readonly ObservedSnapshot[]) =>
    publicationTimes(withLooks(...snapshots), oracle, SPEED);
  const [right, never] = [0, null].map((rightAfterMs) => [{ day: day.day, rightAfterMs, givenAfterMs: null }]);
  assert.equal(timesOf(at(day.endMs), look(300)), right);
  assert.is(timesOf(at(day.endMs - 1), look(300))[0]?.rightAfterMs, 300);
  assert.equal(timesOf(at(day.endMs, incomplete), at(published, incomplete)), never);
  assert.equal(timesOf(at(published), at(published + 5, [], '20241002')), right);
  assert.equal(timesOf(at(published), at(forgottenMs, [])), right);
  assert.equal(timesOf({ ...at(published), answeredMs: forgottenMs }), []);
  assert.equal(timesOf({ ...at(published), answeredMs: forgottenMs - 1 }), right);
});

test('a day is given with the first answer of it, or of a newer one', () => {
  const givenAfter = (...answers: readonly ObservedSnapshot[]) =>
    publicationTimes({ ...withLooks(look(300)), answers }, oracle, SPEED)[0]?.givenAfterMs;
  assert.is(givenAfter(look(100, [], '20240930'), look(700), look(900)), 700);
  assert.is(givenAfter(look(100, [], '20240930'), look(800, [], '20241002')), 800);
  assert.is(givenAfter(look(100, [], '20240930')), null);
});

test.run();

// test/simulator/judge/checks/lists-late.test.ts — Lists where something came as late as the publication, or after it: ranks that stay empty, and what may count or not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import { calendar, created, day, type Event, idOf, listFindings, oracleOf, threeArticles } from '../histories.js';

test('a rank whose article was deleted after publication stays empty', () => {
  const published = calendar.publishedAtMs(day.day);
  const events: Event[] = [...threeArticles, [Kind.deleted, 1, 0, 'ok', published]];
  const shorter = [{ articleId: idOf(2), score: 3 }];
  assert.equal(listFindings(events, shorter), []);
  assert.equal(
    oracleOf(events)
      .expectedList(day)
      .map((row) => row.articleId),
    [idOf(2)],
  );
  const refilled = [...shorter, { articleId: idOf(0), score: 3 }];
  assert.match(listFindings(events, refilled)[0] ?? '', 'has 2 rows, expected at most 1');
});

test('a deletion that came as late as the publication may leave its rank empty, or have it filled again', () => {
  const published = calendar.publishedAtMs(day.day);
  const events: Event[] = [...threeArticles, [Kind.deleted, 1, 0, 'ok', day.startMs + 6000, published]];
  const [second, third] = [
    { articleId: idOf(2), score: 3 },
    { articleId: idOf(0), score: 3 },
  ];
  for (const list of [[second], [second, third]]) assert.equal(listFindings(events, list), []);
  assert.match(listFindings(events, [third])[0] ?? '', `article ${idOf(2)} is missing`);
  assert.match(listFindings(events, [])[0] ?? '', 'is missing');
});

test('an article that perhaps came in time and was deleted after publication may leave its rank empty', () => {
  const published = calendar.publishedAtMs(day.day);
  const late: Event = [Kind.created, 1, 0, 'ok', day.startMs + 6000, published];
  const events: Event[] = [created(0), late, created(2), ...threeArticles.slice(3)];
  const deleted: Event[] = [...events, [Kind.deleted, 1, 0, 'ok', published]];
  const [second, third] = [
    { articleId: idOf(2), score: 3 },
    { articleId: idOf(0), score: 3 },
  ];
  for (const list of [[second], [second, third]]) assert.equal(listFindings(deleted, list), []);
  assert.match(listFindings(events, [second])[0] ?? '', 'is missing');
});

test('the rank that a deletion left empty may be as high as the counts that perhaps came in time', () => {
  const published = calendar.publishedAtMs(day.day);
  const events: Event[] = [
    ...[...threeArticles, created(3), [Kind.viewed, 3, 1] as const],
    [Kind.viewed, 3, 9, 'ok', day.startMs + 6000, published],
    [Kind.deleted, 3, 0, 'ok', published],
  ];
  const first = { articleId: idOf(1), score: 4 };
  for (const list of [[first], [first, { articleId: idOf(2), score: 3 }]]) assert.equal(listFindings(events, list), []);
  assert.match(listFindings(events, [])[0] ?? '', 'is missing');
});

test('an article without a score leaves no rank empty when it is deleted after publication', () => {
  const published = calendar.publishedAtMs(day.day);
  const events: Event[] = [...threeArticles, created(3), [Kind.deleted, 3, 0, 'ok', published]];
  const [message = ''] = listFindings(events, [{ articleId: idOf(1), score: 4 }]);
  assert.match(message, `article ${idOf(2)} is missing`);
  assert.match(message, 'the list is not full');
});

test('what is sent after publication may count or not', () => {
  const published = calendar.publishedAtMs(day.day);
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 4, 'ok', day.startMs + 6000, published]];
  for (const score of [3, 4]) assert.equal(listFindings(events, [{ articleId: idOf(0), score }]), []);
});

test.run();

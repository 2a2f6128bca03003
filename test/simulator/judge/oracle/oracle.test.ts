// test/simulator/judge/oracle/oracle.test.ts — Articles by day and by id over all lanes, what may become of each, and the list that is expected.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { snowflakeText } from '../../../../contract/ids.js';
import type { LaneResult } from '../../../../simulator/history/lane-result.js';
import { countsOf, Oracle } from '../../../../simulator/judge/oracle/oracle.js';
import { calendar, day, NODE, rules } from '../histories.js';

const [NO, MAY, MUST] = [0, 1, 2];

interface Article {
  readonly createdMs: number;
  readonly views: number;
  readonly created?: number;
  readonly deleted?: number;
  readonly withdrawn?: number;
}

const article = (second: number, views = 0, fields: Partial<Article> = {}): Article => ({
  createdMs: day.startMs + second * 1000,
  views,
  ...fields,
});
const idOf = (lane: number, { createdMs }: Article) => snowflakeText(createdMs, NODE + lane);

/** Articles in order of creation. */
function laneOf(lane: number, articles: readonly Article[]): LaneResult {
  const zeros = () => new Uint32Array(articles.length);
  return {
    lane,
    articles: articles.length,
    createdMs: Float64Array.from(articles, ({ createdMs }) => createdMs),
    ids: BigUint64Array.from(articles, (one) => BigInt(idOf(lane, one))),
    truth: {
      created: Uint8Array.from(articles, ({ created = MUST }) => created),
      deleted: Uint8Array.from(articles, ({ deleted = NO }) => deleted),
      withdrawn: Uint8Array.from(articles, ({ withdrawn = NO }) => withdrawn),
      counts: [zeros(), zeros(), Uint32Array.from(articles, ({ views }) => views)],
      versions: [zeros(), zeros(), zeros().fill(1)],
      maybes: [],
    },
  };
}

const listOf = (lanes: readonly LaneResult[], top: number) =>
  new Oracle({ ...rules, top }, lanes).expectedList(day).map(({ rank, articleId, score }) => [rank, articleId, score]);

test('the articles of a day come lane by lane, from its first instant to before its last', () => {
  const [a, b, c] = [article(-0.001), article(0), article(86_399.999)];
  const lanes = [laneOf(1, [b]), laneOf(0, [a, b, c, article(86_400)]), laneOf(2, [a])];
  const found = [...new Oracle(rules, lanes).articlesOf(day)].map((one) => [one.lane, one.article, one.articleId]);
  assert.equal(found, [
    [0, 1, idOf(0, b)],
    [0, 2, idOf(0, c)],
    [1, 0, idOf(1, b)],
  ]);
});

test('an article is found by its id in whichever lane it is, and nothing else is', () => {
  const lanes = [laneOf(2, [article(1), article(5)]), laneOf(0, [article(2)]), laneOf(1, [])];
  const oracle = new Oracle(rules, lanes);
  for (const [lane, index, one] of [
    [0, 0, article(2)],
    [2, 0, article(1)],
    [2, 1, article(5)],
  ] as const) {
    const found = oracle.find(idOf(lane, one));
    assert.equal([found?.lane, found?.article, found?.articleId], [lane, index, idOf(lane, one)]);
    assert.is(found && oracle.createdMs(found), one.createdMs);
  }
  for (const id of [idOf(1, article(2)), idOf(0, article(3)), '7']) assert.is(oracle.find(id), undefined);
});

test('the possible states of an article depend on whether it was created, deleted, and withdrawn', () => {
  const states = [NO, MAY, MUST];
  const found = states.flatMap((created) =>
    states.flatMap((deleted) =>
      states.map((withdrawn) => {
        const [one] = new Oracle(rules, [laneOf(0, [article(1, 3, { created, deleted, withdrawn })])]).articlesOf(day);
        const { isCertain, isWithdrawn, mayBeWithdrawn, isGone } = one ?? {};
        const flags = [isCertain && 'certain', isWithdrawn && 'withdrawn', mayBeWithdrawn && 'maybe', isGone && 'gone'];
        return `${created}${deleted}${withdrawn} ${flags.filter(Boolean).join(' ')}`;
      }),
    ),
  );
  assert.equal(found, [
    ...['000 gone', '001 gone', '002 gone', '010 gone', '011 gone', '012 gone', '020 gone', '021 gone', '022 gone'],
    ...['100 ', '101 maybe', '102 maybe gone', '110 ', '111 maybe', '112 maybe gone'],
    ...['120 gone', '121 gone', '122 gone'],
    ...['200 certain', '201 maybe', '202 withdrawn gone', '210 ', '211 maybe', '212 maybe gone'],
    ...['220 gone', '221 gone', '222 gone'],
  ]);
});

test('the expected list is the obvious one: best first, newer ids before older ones, deleted ones as if they held their ranks', () => {
  const fields = fc.record({
    views: fc.nat(4),
    created: fc.constantFrom(MUST, MUST, MAY),
    deleted: fc.constantFrom(NO, NO, NO, MUST),
    withdrawn: fc.constantFrom(NO, NO, MUST),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(fields, { maxLength: 8 }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      (all, top) => {
        const lanes = all.map((articles) => articles.map((one, second) => article(second, one.views, one)));
        const ranked = lanes
          .flatMap((articles, lane) => articles.map((one) => ({ ...one, id: idOf(lane, one) })))
          .filter(({ created, deleted, views }) => created === MUST && deleted === NO && views > 0)
          .sort((a, b) => b.views - a.views || (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
          .slice(0, top)
          .filter(({ withdrawn }) => withdrawn === NO);
        const expected = ranked.map(({ id, views }, index) => [index + 1, id, views]);
        const results = lanes.map((articles, lane) => laneOf(lane, articles));
        assert.equal(listOf(results, top), expected);
      },
    ),
  );
});

test('bounds are those of the counts, with users who commented where there are any', () => {
  const lane = laneOf(0, [article(1, 3)]);
  const maybes = [{ article: 0, kind: 7, count: 5, version: 2 }];
  const truth = { ...lane.truth, maybes, commenters: { low: Uint32Array.of(1), high: Uint32Array.of(4) } };
  const weighed = { ...rules, weights: { ...rules.weights, commenter: 10 } };
  const [one] = new Oracle(weighed, [{ ...lane, truth }]).articlesOf(day);
  assert.equal([one?.low, one?.high], [13, 45]);
  assert.equal(one && countsOf(one.truth, 'high'), { like: 0, comment: 0, view: 5, commenter: 4 });
  const [plain] = new Oracle(rules, [{ ...lane, truth: { ...lane.truth, maybes } }]).articlesOf(day);
  assert.equal([plain?.low, plain?.high], [3, 5]);
  assert.equal(plain && countsOf(plain.truth, 'low'), { like: 0, comment: 0, view: 3 });
});

test('without lanes there is no article', () => {
  assert.is(new Oracle(rules, []).find('7'), undefined);
  assert.equal([...new Oracle(rules, []).articlesOf(calendar.span('20240101'))], []);
});

test.run();

// test/simulator/judge/checks/preconditions-needs.test.ts — What each part of a scenario promises, by which check, and what keeps it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import { Kind } from '../../../../contract/kind.js';
import type { ObservedDay } from '../../../../simulator/history/history.js';
import { Coverage } from '../../../../simulator/judge/checks/coverage.js';
import { hasPreconditions, preconditionsOf } from '../../../../simulator/judge/checks/preconditions.js';
import { literalWith, scenarioWith } from '../../../support/scenarios.js';
import { handEvent } from '../hand-events.js';
import { calendar, created, day, type Event, evidenceOf, historyWith, oracleOf, threeArticles } from '../histories.js';

type Fields = Readonly<Record<string, unknown>>;
/** By default of article 7, which leads, at noon, and in the order of their versions. */
type Step = readonly [type: HotEvent['type'], eventId?: string, articleId?: string, timeMs?: number];

const NOON_MS = day.startMs + 43_200_000;
const CREATED: Step = ['ARTICLE_CREATED'];

function seen(steps: readonly Step[]): Coverage {
  const coverage = new Coverage(calendar);
  for (const [offset, [type, eventId = String(offset + 1), articleId = '7', timeMs = NOON_MS]] of steps.entries()) {
    const event = handEvent(type, { eventId, articleId, createdDay: day.day, count: 1 });
    coverage.add({ stream: 0, partition: 0, offset, timeMs, dueMs: timeMs, event });
  }
  return coverage;
}

const observed = (name: string): ObservedDay => ({
  span: calendar.span(name),
  list: [],
  articles: undefined,
  isForgotten: false,
  expiry: undefined,
});

interface Seen {
  readonly steps?: readonly Step[];
  readonly poison?: number;
  readonly events?: readonly Event[];
  readonly top?: number;
}

/** By check and text, whether it was kept; the day after has neither leaders nor articles. */
function needsOf(fields: Fields, { steps = [], poison = 0, events = [], top = 2 }: Seen = {}) {
  const leaders = (name: string, most: number) => (name === day.day ? [`${most}`, '7'] : []);
  const needs = preconditionsOf(scenarioWith(fields), { coverage: seen(steps), leaders });
  const history = { ...historyWith([]), poison, days: [observed(day.day), observed('20241002')] };
  return needs.map(({ check, text, wasSeen }) => [
    check,
    text,
    wasSeen(evidenceOf(history, oracleOf(events, { top }))),
  ]);
}

const aim = (kind: string, fields: Fields = {}): Fields => ({ aim: [{ kind, ...fields }] });
const UNLIKED = 'an unlike of one of the first 20';
const TIE = 'equal scores in a list or at its end';
const OLDER = 'an older count after a newer one';
const noon: Step = ['ARTICLE_VIEWED'];
const repeat: Step[] = [CREATED, ['ARTICLE_VIEWED', '5'], ['ARTICLE_VIEWED', '5']];
const older: Step[] = [CREATED, ['ARTICLE_VIEWED', '5'], ['ARTICLE_VIEWED', '4']];

interface Preconditions {
  readonly name: string;
  readonly fields: Fields;
  readonly need: readonly [check: string, text: string];
  /** Each is enough. */
  readonly kept: readonly Seen[];
}
const preconditions: readonly Preconditions[] = [
  {
    name: 'a storm of unlikes',
    fields: aim('unlike-storm', { atHour: 20 }),
    need: ['lists', UNLIKED],
    kept: [{ steps: [CREATED, ['ARTICLE_UNLIKED']] }],
  },
  {
    name: 'leaders that lose their likes',
    fields: aim('leaders-fall', { by: 'unlike' }),
    need: ['lists', UNLIKED],
    kept: [{ steps: [['COMMENT_DELETED']] }],
  },
  {
    name: 'leaders that fall',
    fields: aim('leaders-fall'),
    need: ['lists', 'a deletion of one of the first 10'],
    kept: [{ steps: [['ARTICLE_DELETED']] }],
  },
  { name: 'ties', fields: aim('ties'), need: ['lists', TIE], kept: [{ events: threeArticles }] },
  { name: 'equal scores', fields: aim('all-equal'), need: ['lists', TIE], kept: [{ events: threeArticles }] },
  {
    name: 'resurrection',
    fields: { ...aim('resurrection'), articles: { perDay: 300, deleteRate: 0.3 } },
    need: ['lists', 'an event of an article after its deletion'],
    kept: [{ steps: [CREATED, ['ARTICLE_DELETED'], noon] }],
  },
  {
    name: 'ids beyond doubles',
    fields: aim('adjacent-ids'),
    need: ['lists', 'two articles whose ids are the same as doubles'],
    kept: [{ steps: ['9007199254740992', '9007199254740993'].map((id): Step => ['ARTICLE_CREATED', '1', id]) }],
  },
  {
    name: 'midnight',
    fields: { ...aim('midnight'), clock: { start: '2024-10-01T23:00:00' } },
    need: ['delivery', 'an event on the very edge of a day'],
    kept: [{ steps: [CREATED, ['ARTICLE_VIEWED', '5', '7', day.startMs]] }],
  },
  {
    name: 'duplicates',
    fields: { delivery: { duplicates: { share: 0.1 } } },
    need: ['delivery', 'an event that came twice'],
    kept: [{ steps: repeat }, { steps: older }],
  },
  {
    name: 'late events',
    fields: { delivery: { late: { share: 0.1, byMinutes: 60 } } },
    need: ['delivery', OLDER],
    kept: [{ steps: older }],
  },
  {
    name: 'stretches that are sent again',
    fields: { delivery: { resend: {} } },
    need: ['delivery', OLDER],
    kept: [{ steps: older }],
  },
  {
    name: 'creations that are late',
    fields: { delivery: { skewSeconds: { article: 60 } } },
    need: ['delivery', 'an event before the creation of its article'],
    kept: [{ steps: [noon, CREATED] }],
  },
  {
    name: 'poison',
    fields: { delivery: { poisonShare: 0.1 } },
    need: ['dead letters', 'a record that cannot be decoded'],
    kept: [{ poison: 1 }],
  },
];
for (const { name, fields, need, kept } of preconditions) {
  test(`${name}: ${need[1]}`, () => {
    assert.equal(needsOf(fields), [[...need, false]]);
    assert.equal(needsOf(fields, { steps: [CREATED, noon] }), [[...need, false]]);
    for (const one of kept) assert.equal(needsOf(fields, one), [[...need, true]]);
    assert.is(hasPreconditions(scenarioWith(fields)), true);
  });
}

test('other aims, and events that are given one by one, promise nothing', () => {
  assert.equal(needsOf(aim('viral', { atHour: 12 })), []);
  const given = literalWith([{ time: '2024-10-01T09:00:00', type: 'ARTICLE_CREATED', payload: { articleId: 5 } }]);
  assert.is(hasPreconditions(given), false);
  assert.equal(preconditionsOf(given, { coverage: seen([]), leaders: () => [] }), []);
});

test('a tie is one of two rows, or of the last row and an article that is not listed', () => {
  const views = (...counts: readonly number[]) =>
    counts.flatMap((count, article): Event[] => [created(article), [Kind.viewed, article, count]]);
  const isTie = (events: readonly Event[], top = 2) => needsOf(aim('ties'), { events, top })[0]?.[2];
  assert.equal(
    [views(5, 4, 3), views(5, 4), views(5), [created(0)]].map((one) => isTie(one)),
    [false, false, false, false],
  );
  assert.equal(
    [views(4, 4), views(5, 4, 4), views(5, 5, 1)].map((one) => isTie(one)),
    [true, true, true],
  );
  assert.equal(
    [views(5, 5, 3), views(5, 4, 3, 3), views(5, 4, 3, 4)].map((one) => isTie(one, 3)),
    [true, true, true],
  );
  assert.is(isTie([...views(5, 4), created(2, 'info'), [Kind.viewed, 2, 4]]), false);
});

test.run();

// test/simulator/extract/extraction.test.ts — What is extracted of a run has the article's own records, shows the same bug, and is right without it.
// time limit: 150 s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../contract/events.js';
import { UsageError } from '../../../simulator/errors.js';
import { scenarioText } from '../../../simulator/extract/extracted-scenario.js';
import {
  type Extraction,
  expectKnown,
  extract,
  type ReadRun,
  readRun,
  wrongArticle,
} from '../../../simulator/extract/extraction.js';
import type { LogEvent } from '../../../simulator/history/log-event.js';
import { wouldShow } from '../../../simulator/judge/naming/would-show.js';
import { completeScenario } from '../../../simulator/scenario/load.js';
import type { Scenario } from '../../../simulator/scenario/schema.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { type PlannedRun, plannedRun } from '../../support/planned-run.js';
import { literalWith, scenarioWith } from '../../support/scenarios.js';
import * as buggy from '../judge/naming/buggy-consumers.js';
import { plannedLog, plannedOracle } from '../judge/planned-log.js';

const oneDay = {
  clock: { start: '2024-10-01T00:00:00' },
  arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 2500 }],
};
const { signal } = new AbortController();

interface Extracted {
  readonly run: ReadRun;
  readonly extraction: Extraction;
  /** The text that was written. */
  readonly text: string;
  readonly scenario: Scenario;
}

/** As `sim extract` does it. */
async function extracted(
  { recorded, record }: PlannedRun,
  { rivals, whole = false }: { readonly rivals?: number; readonly whole?: boolean } = {},
): Promise<Extracted> {
  const run = await readRun(recorded, signal);
  const bugs = record.diagnosis?.naming.consistent ?? [];
  const extraction = extract(run, [wrongArticle(record, run)], { bugs, rivals, otherwise: 11, whole });
  const { events, speed } = extraction;
  const text = scenarioText({
    description: 'a test',
    events,
    speed,
    scenario: recorded.scenario,
    expect: { verdict: 'pass' },
  });
  return { run, extraction, text, scenario: completeScenario('extracted.json', JSON.parse(text)) };
}

const ofArticles = (log: readonly LogEvent[], ids: readonly string[]) =>
  log.filter(({ event }) => event && ids.includes(event.articleId));

/** What must be the same of a record, in the order of its partition. */
const placed = (log: readonly LogEvent[]) => {
  const rows = log.map(({ stream, partition, timeMs, event }) => ({ stream, partition, timeMs, event }));
  return rows.sort((a, b) => a.stream - b.stream || a.partition - b.partition);
};

const late = { ...oneDay, delivery: { late: { share: 0.2, byMinutes: 40 } } };
const early = { ...oneDay, popularity: { attentionHalfLifeHours: 0.5 }, delivery: { skewSeconds: { article: 7200 } } };
const fall = { ...oneDay, aim: [{ kind: 'leaders-fall', leaders: 30, minutesBeforeClose: 60 }] };
/** `most`: events that are enough for it to show. */
const cases: readonly {
  readonly name: string;
  readonly consumer: buggy.Consumer;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly most: number;
}[] = [
  { name: 'STALE_OVERWRITE', consumer: buggy.lastArrivalWins, fields: late, most: 10 },
  {
    name: 'STALE_OVERWRITE',
    consumer: buggy.lastArrivalWins,
    fields: { ...late, partitioning: 'round-robin' },
    most: 10,
  },
  { name: 'ORPHAN_DROP', consumer: buggy.dropsOrphans, fields: early, most: 10 },
  { name: 'TRIM_LOSS', consumer: buggy.trimmed((list) => list.slice(0, 10)), fields: fall, most: 40 },
];

for (const { name, consumer, fields, most } of cases) {
  test(`${name} shows in what is extracted, and only with the bug: ${JSON.stringify(fields)}`, async () => {
    const scenario = scenarioWith(fields);
    const planned = await plannedRun(scenario, consumer(plannedLog(scenario)));
    assert.ok(planned.record.diagnosis?.naming.consistent.some((bug) => bug.name === name));
    for (const whole of [true, false]) {
      const { extraction, run, scenario: literal } = await extracted(planned, { whole });
      assert.is(extraction.shows, true);
      const log = plannedLog(literal);
      assert.ok(ofArticles(log, extraction.articles).length > 0);
      assert.not.equal([...consumer(log)], [...buggy.right(log)]);
      for (const day of planOf(literal).days) {
        const rows = plannedOracle(literal).expectedList(day);
        assert.equal(
          rows.map(({ articleId, score }) => ({ articleId, score })),
          buggy.right(log).get(day.day) ?? [],
        );
      }
      if (!whole) assert.ok(log.length <= most && log.length < extraction.of, `${log.length} events`);
      else
        assert.equal(placed(ofArticles(log, extraction.articles)), placed(ofArticles(run.events, extraction.articles)));
    }
  });
}

test('the events of a shrunk extraction are sent one after the other, in their former order', async () => {
  const scenario = scenarioWith(early);
  const planned = await plannedRun(scenario, buggy.dropsOrphans(plannedLog(scenario)));
  const { run, scenario: literal } = await extracted(planned);
  const ids = (log: readonly LogEvent[]) => log.flatMap(({ event }) => event?.eventId ?? []);
  const sent = new Set(ids(plannedLog(literal)));
  assert.equal(
    ids(plannedLog(literal)),
    ids(run.events).filter((id) => sent.has(id)),
  );
  const wallMs = plannedLog(literal).map(({ dueMs }) => dueMs / literal.clock.speed);
  assert.ok(wallMs.every((at, i) => i === 0 || Math.round(at - (wallMs[i - 1] ?? 0)) >= 300));
});

/** Two bugs that the run is said to show. */
const either = (...names: string[]) => names.map((name) => ({ name, does: 'as planted' }));

test('where a run shows one bug or another, each of them shows in what is extracted', async () => {
  const scenario = scenarioWith(fall);
  const trimmed = buggy.trimmed((list) => list.slice(0, 10));
  const planned = await plannedRun(scenario, trimmed(plannedLog(scenario)));
  const run = await readRun(planned.recorded, signal);
  const options = { rivals: undefined, otherwise: 11, whole: false };
  const articles = [wrongArticle(planned.record, run)];
  const { events, shows } = extract(run, articles, { ...options, bugs: either('TRIM_LOSS', 'DELETE_IGNORED') });
  assert.is(shows, true);
  const { rules, viewsPerEvent } = scenario;
  for (const name of ['TRIM_LOSS', 'DELETE_IGNORED']) {
    const rivals = ['TRIM_LOSS', 'DELETE_IGNORED'];
    assert.is(wouldShow(either(name), events, { rules, viewsPerEvent, rivals }), true, name);
  }
});

test('where no events show each of two bugs, one must be chosen', async () => {
  const scenario = scenarioWith(early);
  const planned = await plannedRun(scenario, buggy.dropsOrphans(plannedLog(scenario)));
  const run = await readRun(planned.recorded, signal);
  const options = { rivals: undefined, otherwise: 11, whole: false };
  const articles = [wrongArticle(planned.record, run)];
  // Nothing that cannot be decoded is in this run.
  const bugs = either('ORPHAN_DROP', 'POISON_SKIP');
  assert.throws(
    () => extract(run, articles, { ...options, bugs }),
    (error: Error) =>
      error instanceof UsageError &&
      error.message ===
        'this run shows ORPHAN_DROP or POISON_SKIP, and no part of its events shows each: choose with --bug ORPHAN_DROP',
  );
  assert.is(extract(run, articles, { ...options, bugs, bug: 'ORPHAN_DROP' }).shows, true);
});

test('rivals are those of the list first, reduced to what decides', async () => {
  const scenario = scenarioWith(late);
  const { extraction, scenario: literal } = await extracted(
    await plannedRun(scenario, buggy.lastArrivalWins(plannedLog(scenario))),
    { rivals: 10, whole: true },
  );
  assert.is(extraction.rivals.length, 10);
  const [day] = planOf(scenario).days;
  assert.ok(day);
  const listed = plannedOracle(scenario).expectedList(day);
  assert.equal(plannedOracle(literal).expectedList(day).slice(0, 9), listed.slice(0, 9));
  const ofRivals = ofArticles(plannedLog(literal), extraction.rivals);
  assert.ok(ofRivals.length <= 10 * 8, `${ofRivals.length} events`);
});

test('what a test needs is kept: rules, partitions, pace and speed', async () => {
  const scenario = scenarioWith({
    ...late,
    pace: 'max',
    consumers: 2,
    viewsPerEvent: 3,
    rules: { top: 5, zone: 'Europe/Berlin' },
    topics: { partitions: 6 },
    clock: { speed: 99 },
  });
  const log = plannedLog(scenario);
  const lists = new Map([['20241001', [{ articleId: '7', score: 1 }]]]);
  const { scenario: literal } = await extracted(await plannedRun(scenario, lists));
  assert.ok(log.length > 0);
  const of = ({ rules, topics, pace, clock, viewsPerEvent, consumers }: Scenario) => {
    return { rules, partitions: topics.partitions, pace, speed: clock.speed, viewsPerEvent, consumers };
  };
  assert.equal(of(literal), of(scenario));
});

test('a literal run can be extracted again: large ids, other keys, repeats, and hours that come twice', async () => {
  const big = '9223372036854775806';
  const view = (time: string, eventId: string, more: object = {}) => ({
    time,
    type: 'ARTICLE_VIEWED',
    eventId,
    payload: { articleId: big, articleViewCount: 4 },
    ...more,
  });
  const scenario = literalWith(
    [
      { time: '2024-10-26T23:30:00Z', type: 'ARTICLE_CREATED', payload: { articleId: big, title: 'a "title"' } },
      view('2024-10-27T00:30:00Z', '9007199254740993'),
      view('2024-10-27T01:30:00Z', '9007199254740995', { partition: 2, sentAt: '2024-10-27T03:00:00.007Z' }),
      view('2024-10-27T01:30:00Z', '9007199254740995', { partition: 2, sentAt: '2024-10-27T04:00:00Z' }),
      { time: '2024-10-27T12:00:00', type: 'RAW', topic: 'view', text: '' },
      {
        time: '2024-10-28T12:00:00',
        type: 'ARTICLE_DELETED',
        payload: { articleId: 9, createdAt: '2024-10-27T05:00' },
      },
    ],
    { rules: { zone: 'Europe/Berlin' } },
  );
  const run = await readRun((await plannedRun(scenario, new Map())).recorded, signal);
  const { events } = extract(run, [big, '9'], { bugs: [], rivals: 0, otherwise: 0, whole: false });
  const text = scenarioText({ description: 'again', events, scenario, speed: undefined, expect: { verdict: 'pass' } });
  const again = completeScenario('again.json', JSON.parse(text));
  const known = ({ event }: LogEvent) => event !== undefined;
  const ignoringTitles = (log: readonly LogEvent[]) =>
    log.map(({ offset: _, event, ...rest }) => ({ ...rest, event: { ...(event as HotEvent) } }));
  assert.equal(ignoringTitles(plannedLog(again)), ignoringTitles(plannedLog(scenario).filter(known)));
});

test('an unknown article is refused with the nearest, a right run has none of its own, and topics are needed', async () => {
  const scenario = scenarioWith(oneDay);
  const planned = await plannedRun(scenario, buggy.right(plannedLog(scenario)));
  const run = await readRun(planned.recorded, signal);
  const [first = ''] = run.events.flatMap(({ event }) => event?.articleId ?? []);
  expectKnown([first], run);
  const refused = (how: () => unknown, why: RegExp) =>
    assert.throws(how, (error: Error) => error instanceof UsageError && why.test(error.message));
  refused(() => expectKnown([`${first}0`], run), new RegExp(`about article ${first}0; the nearest is ${first}$`));
  refused(() => wrongArticle(planned.record, run), /no article of this run was found wrong/);
  const without = await readRun({ ...planned.recorded, log: undefined }, signal).catch((error: unknown) => error);
  assert.ok(without instanceof UsageError);
  assert.match(without.message, 'the topics of this run were not kept');
});

test.run();

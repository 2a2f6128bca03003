// test/simulator/workload/aims.test.ts — Every directed move does what its name says, seen in the events themselves.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareIds } from '../../../contract/ids.js';
import { Kind } from '../../../contract/kind.js';
import { scoreOf } from '../../../contract/rules.js';
import type { GeneratedScenario } from '../../../simulator/scenario/schema.js';
import { Field } from '../../../simulator/workload/article-table.js';
import type { Aimed } from '../../../simulator/workload/director.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { type GeneratedPlan, planOf } from '../../../simulator/workload/plan.js';
import { loadGenerated, scenarioWith } from '../../support/scenarios.js';

const HOUR_MS = 3_600_000;

interface Played {
  readonly kind: Kind;
  readonly timeMs: number;
  readonly id: string;
  readonly createdMs: number;
  readonly count: number;
}

interface World {
  readonly plan: GeneratedPlan;
  readonly events: readonly Played[];
  readonly aimed: readonly Aimed[];
}

function play(scenario: GeneratedScenario): World {
  const plan = planOf(scenario);
  const events: Played[] = [];
  const aimed = scenario.aim.map(() => ({ moves: 0, left: 0 }));
  for (let index = 0; index < plan.lanes; index += 1) {
    const lane = new Lane(plan, index);
    const digits = Buffer.alloc(20);
    while (lane.advance()) {
      const { kind, timeMs, article, count } = lane;
      const id = digits.toString('latin1', 0, lane.world.table.writeId(digits, 0, article));
      events.push({ kind, timeMs, id, createdMs: lane.world.createdMs[article] ?? 0, count });
    }
    for (const [aim, { moves, left }] of lane.aimed.entries()) {
      aimed[aim] = { moves: (aimed[aim]?.moves ?? 0) + moves, left: (aimed[aim]?.left ?? 0) + left };
    }
  }
  return { plan, events, aimed };
}

/** The whole ranking of the first day by the events before an instant, best first. */
function ranked({ plan, events }: World, untilMs = Number.POSITIVE_INFINITY): { id: string; score: number }[] {
  const [day] = plan.days;
  const counts = new Map<string, { like: number; comment: number; view: number }>();
  for (const { kind, timeMs, id, createdMs, count } of events) {
    if (!day || createdMs < day.startMs || createdMs >= day.endMs || timeMs >= Math.min(untilMs, day.endMs)) continue;
    const known = counts.get(id) ?? { like: 0, comment: 0, view: 0 };
    if (kind === Kind.deleted) counts.delete(id);
    else if (kind === Kind.viewed) counts.set(id, { ...known, view: count });
    else if (kind === Kind.liked || kind === Kind.unliked) counts.set(id, { ...known, like: count });
    else if (kind === Kind.commented || kind === Kind.commentDeleted) counts.set(id, { ...known, comment: count });
  }
  const rows = [...counts].map(([id, count]) => ({ id, score: scoreOf(plan.scenario.rules, count) }));
  return rows.sort((a, b) => b.score - a.score || compareIds(b.id, a.id));
}

const idsOf = (rows: readonly { id: string }[], from: number, to: number) => rows.slice(from, to).map(({ id }) => id);
const shipped = async (name: string, ...settings: string[]) =>
  play(await loadGenerated(`scenarios/${name}.json`, settings));

test('leader-falls deletes more leaders than any list is trimmed to, and the new ten have been silent since', async () => {
  const world = await shipped('leader-falls');
  const closing = (world.plan.days[0]?.endMs ?? 0) - 30 * 60_000;
  const before = ranked(world, closing);
  const after = ranked(world);
  assert.equal(world.aimed, [{ moves: 90, left: 0 }]);
  assert.ok(after.slice(0, 10).every(({ id }) => before.findIndex((row) => row.id === id) >= 60));
  const late = world.events.filter(({ timeMs, kind }) => timeMs >= closing && kind !== Kind.deleted);
  assert.ok(late.length > 300);
  assert.ok(late.every(({ kind, createdMs }) => kind === Kind.created || createdMs < world.plan.startMs));
});

test('without articles of the day before, silence is kept by updates, which count for nothing', () => {
  const articles = { perDay: 300, older: 0, deleteRate: 0 };
  const aim = [{ kind: 'leaders-fall', leaders: 5, by: 'unlike', minutesBeforeClose: 120 }];
  const world = play(scenarioWith({ articles, topics: { partitions: 1 }, aim }));
  const late = world.events.filter(({ timeMs }) => timeMs >= world.plan.endMs - 2 * HOUR_MS);
  const kinds = new Set(late.map(({ kind }) => kind));
  assert.equal([...kinds].sort(), [Kind.created, Kind.updated, Kind.unliked]);
  assert.is(world.aimed[0]?.left, 0);
});

test('of two aims before the close the earlier one does not keep the later one from its moves', () => {
  const aim = [
    { kind: 'ties', ranks: [1], minutesBeforeClose: 240 },
    { kind: 'leaders-fall', leaders: 3, minutesBeforeClose: 60 },
  ];
  const { aimed } = play(scenarioWith({ topics: { partitions: 1 }, aim }));
  assert.is(aimed[1]?.moves, 3);
});

test('moves that find no time are told', () => {
  const arrivals = [{ name: 'day', shape: 'constant', durationHours: 24, events: 2400 }];
  const aim = [{ kind: 'leaders-fall', leaders: 200, minutesBeforeClose: 6 }];
  const [aimed] = play(scenarioWith({ topics: { partitions: 1 }, arrivals, aim })).aimed;
  assert.ok(aimed && aimed.moves > 0 && aimed.left > 100, JSON.stringify(aimed));
});

test('ties: ranks 1 and 2, and 10 and 11, are equal, and text order would list another article', async () => {
  const rows = ranked(await shipped('ties'));
  assert.is(rows[0]?.score, rows[1]?.score);
  assert.is(rows[9]?.score, rows[10]?.score);
  assert.equal([rows[9]?.id.length, rows[10]?.id.length], [18, 17]);
  const byText = [...rows].sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
  assert.is.not(byText[9]?.id, rows[9]?.id);
});

test('swap: 10 and 11, and 1 and 2, change places by one view just before the close', async () => {
  const world = await shipped('swap');
  const before = ranked(world, world.plan.endMs - 240 * 60_000);
  const after = ranked(world);
  for (const rank of [1, 10]) {
    assert.equal(idsOf(after, rank - 1, rank + 1), idsOf(before, rank - 1, rank + 1).reverse());
    assert.is((after[rank - 1]?.score ?? 0) - (after[rank]?.score ?? 0), 1);
  }
});

test('big-ids: neighbours beyond 2^53 that a double cannot tell apart are among the best', async () => {
  const top = ranked(await shipped('big-ids')).slice(0, 10);
  assert.ok(top.every(({ id }) => BigInt(id) > 2n ** 53n));
  assert.ok(new Set(top.map(({ id }) => Number(id))).size < top.length);
});

test('midnight-rush: events 1 ms before and upon midnight and 01:00, for articles of the day that ends', async () => {
  const { plan, events } = await shipped('midnight-rush');
  const midnight = plan.days[0]?.endMs ?? 0;
  const counts = [midnight - 1, midnight, midnight + HOUR_MS - 1, midnight + HOUR_MS].map(
    (at) => events.filter(({ timeMs, createdMs }) => timeMs === at && createdMs < midnight).length,
  );
  assert.ok(
    counts.every((count) => count >= 10),
    counts.join(),
  );
});

test('yesterday: the leaders of the closed day are liked and unliked, until after its publication', async () => {
  const world = await shipped('midnight-rush');
  const midnight = world.plan.days[0]?.endMs ?? 0;
  const leaders = new Set(idsOf(ranked(world), 0, 10));
  const moved = (from: number, to: number) =>
    world.events.filter(
      ({ kind, id, timeMs }) =>
        (kind === Kind.liked || kind === Kind.unliked) && timeMs >= from && timeMs < to && leaders.has(id),
    ).length;
  assert.ok(moved(midnight, midnight + HOUR_MS) > 500);
  assert.ok(moved(midnight + HOUR_MS, midnight + 3 * HOUR_MS) > 500);
});

test('article-churn: every deletion is followed by events of the deleted article', async () => {
  const { events } = await shipped('article-churn', 'topics.partitions=1');
  let deletions = 0;
  for (const [at, { kind, id }] of events.entries()) {
    if (kind !== Kind.deleted || at > events.length - 20) continue;
    deletions += 1;
    const after = events.slice(at + 1, at + 20).filter((event) => event.id === id);
    assert.equal(
      after.map((event) => event.kind),
      [Kind.liked, Kind.viewed, Kind.liked, Kind.viewed],
    );
  }
  assert.ok(deletions > 2900);
});

test('unlike-storm: the leaders lose every like in its time, and others take their places', async () => {
  const world = await shipped('unlike-storm');
  const from = world.plan.startMs + 20 * HOUR_MS;
  const top = (rows: readonly { id: string }[]) => new Set(idsOf(rows, 0, 10));
  const before = top(ranked(world, from));
  const after = top(ranked(world, from + 200 * 60_000));
  const bare = new Set<string>();
  for (const { kind, id, timeMs, count } of world.events)
    if (kind === Kind.unliked && count === 0 && timeMs >= from) bare.add(id);
  assert.equal(
    [...before].filter((id) => !bare.has(id)),
    [],
  );
  const replaced = [...before].filter((id) => !after.has(id)).length;
  assert.ok(replaced >= 3, `${replaced}`);
  assert.is(world.aimed[0]?.left, 0);
});

test('viral-article: one article has half of all events', async () => {
  const { events } = await shipped('viral-article');
  const byId = new Map<string, number>();
  for (const { id } of events) byId.set(id, (byId.get(id) ?? 0) + 1);
  const share = Math.max(...byId.values()) / events.length;
  assert.ok(share >= 0.5 && share < 0.6, `${share}`);
});

test('quiet-day: fewer than ten articles are scored', async () => {
  assert.is(ranked(await shipped('quiet-day')).length, 7);
});

test('all-equal: the tenth and the eleventh have the same score', async () => {
  const rows = ranked(await shipped('all-equal'));
  assert.is(rows[9]?.score, rows[10]?.score);
  assert.ok((rows[0]?.score ?? 0) - (rows[450]?.score ?? 0) <= 1);
});

test('old-articles: two thirds of the events are of articles of the day before, likes among them', async () => {
  const { plan, events } = await shipped('old-articles');
  const old = events.filter(({ createdMs }) => createdMs < plan.startMs);
  const reactions = events.filter(({ kind }) => kind !== Kind.created);
  assert.ok(Math.abs(old.length / reactions.length - 0.66) < 0.02, `${old.length / reactions.length}`);
  assert.ok(old.filter(({ kind }) => kind === Kind.liked).length > 1000);
});

test('olderShare goes to earlier days on every day, also to those that were played', () => {
  const articles = { perDay: 300, older: 30 };
  const { plan, events } = play(scenarioWith({ articles, days: 3, popularity: { olderShare: 0.5 } }));
  for (const { startMs, endMs } of plan.days.slice(1)) {
    const today = events.filter(({ kind, timeMs }) => kind !== Kind.created && timeMs >= startMs && timeMs < endMs);
    const old = today.filter(({ createdMs }) => createdMs < startMs).length / today.length;
    assert.ok(Math.abs(old - 0.5) < 0.03, `${old}`);
    assert.ok(today.some(({ createdMs }) => createdMs < startMs && createdMs >= plan.startMs));
  }
});

test('an article that goes viral stays alive in its events: another takes its place when it is deleted', () => {
  const articles = { perDay: 300, older: 0, deleteRate: 0.9 };
  const lane = new Lane(planOf(scenarioWith({ articles, aim: [{ kind: 'viral', atHour: 2, share: 0.9 }] })), 0);
  while (lane.advance())
    if (lane.kind !== Kind.deleted) assert.is(lane.world.table.get(lane.article, Field.isDeleted), 0);
});

test.run();

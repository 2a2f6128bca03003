// test/simulator/judge/naming/diagnose.test.ts — What a wrong ranking is put down to when the group has not read all, and when the consumer is declared to differ.
// time limit: 150 s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ranked } from '../../../../contract/rules.js';
import type { ObservedSnapshot } from '../../../../simulator/history/history.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import type { ObservedCommits } from '../../../../simulator/history/observed-commits.js';
import { NOTHING_DECLARED } from '../../../../simulator/vocabulary/declared-deviations.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { plannedRun, type Seen } from '../../../support/planned-run.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import * as buggy from './buggy-consumers.js';

const PARTITIONS = 3;
const day = {
  topics: { partitions: PARTITIONS },
  clock: { start: '2024-10-01T00:00:00' },
  arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 2500 }],
};
const scenario = scenarioWith(day);
const log = plannedLog(scenario);

type Part = (one: LogEvent) => boolean;

/** @param isRead of the records of a partition, those before the first that is not are committed */
function commits(atMs: number, of: readonly LogEvent[], isRead: Part): ObservedCommits {
  const table = () => Array.from({ length: 4 }, () => new Array<number>(PARTITIONS).fill(0));
  const [committed, latest] = [table(), table()];
  for (const one of of) {
    const { stream, partition, offset } = one;
    const [next, end] = [committed[stream], latest[stream]];
    if (next && next[partition] === offset && isRead(one)) next[partition] = offset + 1;
    if (end) end[partition] = offset + 1;
  }
  return { atMs, committed, latest };
}

/** As if it had ended after the records that were due in the first part of the load. */
function behind(share: number, consumer: buggy.Consumer) {
  const untilMs = log[Math.floor(log.length * share)]?.dueMs ?? 0;
  const isRead: Part = ({ dueMs }) => dueMs < untilMs;
  const read = log.filter(isRead);
  const seen = { finalLag: log.length - read.length, commits: [commits(0, log, isRead)] };
  return plannedRun(scenario, consumer(read), seen);
}

const names = (of: readonly { readonly name: string }[] = []) => of.map(({ name }) => name);

test('a group that has not read all is behind, and no bug is named', async () => {
  for (const share of [0.3, 0.7, 0.99]) {
    const { diagnosis, verdict } = (await behind(share, buggy.right)).record;
    assert.equal(diagnosis?.naming, {
      consistent: [
        {
          name: 'BEHIND',
          does: `by what the group had committed, ${log.length - Math.floor(log.length * share)} records were not read yet`,
        },
      ],
      partly: [],
      not: [],
      untested: [],
    });
    assert.is(diagnosis?.proof?.bugOfLedger, undefined);
    assert.is(verdict?.outcome, 'fail');
  }
});

test('without lag the same lists are not explained so', async () => {
  const lists = buggy.right(log.slice(0, Math.floor(log.length * 0.7)));
  const { diagnosis } = (await plannedRun(scenario, lists)).record;
  assert.not.ok([...names(diagnosis?.naming.consistent), ...names(diagnosis?.naming.partly)].includes('BEHIND'));
});

test('what is wrong with articles of which all was read is not put down to being behind', async () => {
  // Articles of which nothing is left to be read, taken out of the list.
  const { diagnosis } = (
    await behind(0.99, (read) => {
      const unread = new Set(log.slice(read.length).map(({ event }) => event?.articleId));
      const lists = buggy.right(read);
      for (const [of, rows] of lists)
        lists.set(
          of,
          rows.filter(({ articleId }) => unread.has(articleId)),
        );
      return lists;
    })
  ).record;
  assert.not.ok(names(diagnosis?.naming.consistent).includes('BEHIND'));
  assert.not.ok(names(diagnosis?.naming.consistent).includes('RETENTION'));
});

test('one that stops at what it cannot decode is named so, though it is behind', async () => {
  const poisoned = scenarioWith({ ...day, delivery: { poisonShare: 0.0025 } });
  const all = plannedLog(poisoned);
  const stopped = new Set<string>();
  const read = all.filter(({ event, stream, partition }) => {
    if (!event) stopped.add(`${stream}/${partition}`);
    return !stopped.has(`${stream}/${partition}`);
  });
  const isRead: Part = (one) => read.includes(one);
  const seen = { finalLag: all.length - read.length, commits: [commits(0, all, isRead)] };
  const { diagnosis } = (await plannedRun(poisoned, buggy.right(read), seen)).record;
  assert.equal(names(diagnosis?.naming.consistent), ['POISON_SKIP']);
});

const skewed = scenarioWith({
  ...day,
  popularity: { attentionHalfLifeHours: 0.5 },
  delivery: { skewSeconds: { article: 7200 } },
});
const { speed } = skewed.clock;
const DECLARED = { ...NOTHING_DECLARED, bugs: ['ORPHAN_DROP'] } as const;

/** Looks at the lists of a consumer that has read all that was due, or what was due some wall seconds before. */
function watched(consumer: buggy.Consumer, lateSeconds: number): Pick<Seen, 'snapshots' | 'commits'> {
  const [all, { startMs, days }] = [plannedLog(skewed), planOf(skewed)];
  const lastMs = all.at(-1)?.dueMs ?? 0;
  const snapshots: ObservedSnapshot[] = [];
  const committed: ObservedCommits[] = [];
  for (let part = 1; part <= 20; part += 1) {
    const askedMs = startMs + ((lastMs - startMs) * part) / 20;
    const lists = consumer(all.filter(({ dueMs }) => dueMs <= askedMs - lateSeconds * 1000 * speed));
    const atMs = (askedMs - startMs) / speed;
    committed.push(commits(atMs, all, ({ dueMs }) => dueMs <= askedMs));
    for (const { day: of } of days)
      snapshots.push({ atMs, askedMs, answeredMs: askedMs, day: of, list: lists.get(of) ?? [] });
  }
  return { snapshots, commits: committed };
}

function judged(consumer: buggy.Consumer, lateSeconds: number, seen: Seen, atTheEnd: buggy.Consumer = consumer) {
  const lists: ReadonlyMap<string, readonly Ranked[]> = atTheEnd(plannedLog(skewed));
  return plannedRun(skewed, lists, { ...watched(consumer, lateSeconds), ...seen });
}

test('a list that is old only for what the consumer is declared to leave out is old by the rules, and not but for that', async () => {
  // What it left out is right again in the end, as counts are absolute.
  const { record } = await judged(buggy.dropsOrphans, 0, { declared: DECLARED }, buggy.right);
  assert.is(record.verdict?.checks.find(({ check }) => check === 'staleness')?.outcome, 'fail');
  assert.equal(record.diagnosis?.butForTraits, {
    traits: ['ORPHAN_DROP'],
    outcome: 'pass',
    reason: 'with them no list is older than the group is behind',
  });
  assert.equal(names(record.diagnosis?.naming.consistent), ['ORPHAN_DROP']);
  const { record: undeclared } = await judged(buggy.dropsOrphans, 0, {}, buggy.right);
  assert.is(undeclared.diagnosis, undefined);
});

test('one that is older than that is not excused', async () => {
  const { record } = await judged(buggy.dropsOrphans, 20, { declared: DECLARED });
  assert.is(record.diagnosis?.butForTraits?.outcome, 'unknown');
  assert.match(record.diagnosis?.butForTraits?.reason ?? '', 'with them, too, ');
  const ties = { ...NOTHING_DECLARED, ties: 'reverse text' as const };
  const { record: late } = await judged(buggy.right, 20, { declared: ties });
  assert.is(late.diagnosis?.butForTraits?.outcome, 'fail');
});

test('a check that has nothing to do with the ranking is not excused by any trait', async () => {
  const { record } = await judged(buggy.dropsOrphans, 0, { declared: DECLARED, consumerExits: ['it ended with 1'] });
  const { outcome, reason } = record.diagnosis?.butForTraits ?? {};
  assert.is(outcome, 'fail');
  assert.is(reason, 'consumers alive failed, which they do not explain');
});

/** Articles are read so much later than all else, event time: nothing keeps partitions of two topics together. */
const APART_MS = 3_600_000;

test('which events are dropped depends on when partitions were read, and commits bound that', async () => {
  const all = plannedLog(skewed);
  const readMs = ({ stream, dueMs }: LogEvent) => dueMs + (stream === 0 ? APART_MS : 0);
  const lists = buggy.dropsOrphans([...all].sort((a, b) => readMs(a) - readMs(b)));
  const { startMs, endMs } = planOf(skewed);
  const snapshots = (apartMs: number) =>
    Array.from({ length: 100 }, (_, part) => {
      const nowMs = startMs + ((endMs + APART_MS - startMs) * (part + 1)) / 100;
      return {
        ...commits(part, all, ({ stream, dueMs }) => dueMs + (stream === 0 ? apartMs : 0) <= nowMs),
        latest: commits(part, all, ({ dueMs }) => dueMs <= nowMs).committed,
      };
    });
  const naming = async (apartMs: number) =>
    (await plannedRun(skewed, lists, { commits: snapshots(apartMs) })).record.diagnosis?.naming;
  const asRead = await naming(APART_MS);
  assert.equal(names(asRead?.consistent), ['ORPHAN_DROP']);
  assert.not.ok(asRead?.not.includes('ORPHAN_DROP'));
  const sooner = await naming(0);
  assert.equal(names(sooner?.consistent), ['MISSING_AS_ZERO']);
  // A fold in another order explains a part, so it is not excluded either.
  assert.not.ok(sooner?.not.includes('ORPHAN_DROP'));
  assert.not.ok(sooner?.untested.includes('ORPHAN_DROP'));
});

test('an article is missing for that, too, when all of its counts were read before it', async () => {
  const few = scenarioWith({ ...day, articles: { perDay: 5 } });
  const all = plannedLog(few);
  const last = all.findLast(({ event }) => event?.type === 'ARTICLE_CREATED');
  const lists = buggy.dropsOrphans([...all.filter((one) => one !== last), ...(last ? [last] : [])]);
  const namesWith = async (...of: ObservedCommits[]) => {
    const naming = (await plannedRun(few, lists, { commits: of })).record.diagnosis?.naming;
    return { consistent: names(naming?.consistent), untested: naming?.untested };
  };
  const late = await namesWith(
    commits(0, all, (one) => one !== last),
    commits(1, all, () => true),
  );
  assert.equal(late.consistent, ['ORPHAN_DROP']);
  assert.not.ok(late.untested?.includes('ORPHAN_DROP'));
  const soon = await namesWith({
    ...commits(0, all, () => true),
    latest: commits(0, all, (one) => one === last).committed,
  });
  assert.not.ok(soon.consistent.includes('ORPHAN_DROP'));
  const silent = await namesWith(commits(0, all, () => false));
  assert.not.ok(silent.consistent.includes('ORPHAN_DROP'));
});

test.run();

// test/simulator/workload/lane.test.ts — The laws of a lane: time moves forward, the world is consistent, counts equal a naive recount, and lanes do not depend on who runs them.
import { createHash, type Hash } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeEvent } from '../../../contract/codec.js';
import { EVENT_TYPES, type HotEvent, STREAM_OF, STREAMS } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { partitionOf } from '../../../contract/partition.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import type { GeneratedScenario } from '../../../simulator/scenario/schema.js';
import { contentPools } from '../../../simulator/workload/content.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { RecordStream } from '../../../simulator/workload/record-stream.js';
import { survey } from '../../../simulator/workload/survey.js';
import { scenarioWith } from '../../support/scenarios.js';

interface Played {
  readonly timeMs: number;
  readonly key: string;
  readonly event: HotEvent;
  readonly stream: string;
  readonly payload: Record<string, unknown>;
}

function streamOf(scenario: GeneratedScenario, lane: number): RecordStream {
  const plan = planOf(scenario);
  return new RecordStream(plan, new Lane(plan, lane), contentPools(scenario));
}

function play(scenario: GeneratedScenario, lane: number): Played[] {
  const records = streamOf(scenario, lane);
  const events: Played[] = [];
  while (records.advance()) {
    // Large ids as text: JSON.parse alone would round them.
    const { payload } = JSON.parse(records.value.toString().replace(/:(\d{16,})/g, ':"$1"'));
    events.push({
      timeMs: records.timeMs,
      key: records.key.toString(),
      event: decodeEvent(records.value),
      stream: STREAMS[records.stream] ?? '',
      payload,
    });
  }
  return events;
}

/** One digest a lane, the lanes played one after the other. */
function hashOf(scenario: GeneratedScenario, lanes: readonly number[]): string[] {
  return lanes.map((lane) => {
    const hash = createHash('sha256');
    const records = streamOf(scenario, lane);
    while (records.advance()) note(records, hash);
    return hash.digest('hex');
  });
}

/** The same, but all lanes stand at a record of theirs at once, as in a worker that plays several. */
function hashInTurns(scenario: GeneratedScenario, lanes: readonly number[]): string[] {
  const played = lanes.map((lane) => ({ records: streamOf(scenario, lane), hash: createHash('sha256') }));
  let open = played.filter(({ records }) => records.advance());
  while (open.length > 0) {
    open = open.filter(({ records, hash }) => {
      note(records, hash);
      return records.advance();
    });
  }
  return played.map(({ hash }) => hash.digest('hex'));
}

function note({ stream, partition, dueMs, timeMs, key, value }: RecordStream, hash: Hash): void {
  hash.update(`${stream} ${partition} ${dueMs} ${timeMs} `).update(key).update(value);
}

test('every planned event comes, once, in time order, with growing event ids', () => {
  const scenario = scenarioWith();
  const lanes = [0, 1, 2].map((index) => play(scenario, index));
  assert.is(lanes.flat().length, 6000);
  assert.is(lanes.flat().filter(({ event }) => event.type === 'ARTICLE_CREATED').length, 300);
  for (const events of lanes) {
    for (const [i, { timeMs, event }] of events.entries()) {
      const before = events[i - 1];
      if (!before) continue;
      assert.ok(timeMs >= before.timeMs);
      assert.ok(compareIds(event.eventId, before.event.eventId) > 0);
    }
  }
});

test('all eight types occur, each on its own topic, and the key is the article, in its lane’s partition', () => {
  const scenario = scenarioWith({ topics: { partitions: 5 } });
  const seen = new Set<string>();
  for (let lane = 0; lane < 5; lane += 1) {
    for (const { event, stream, key } of play(scenario, lane)) {
      seen.add(event.type);
      assert.is(stream, STREAM_OF[event.type]);
      assert.is(key, event.articleId);
      assert.is(partitionOf(Buffer.from(key), 5), lane);
    }
  }
  assert.equal([...seen].sort(), [...EVENT_TYPES].sort());
});

test('the world is consistent, whatever the seed and the mix', () => {
  const mix = fc.record({
    view: fc.integer({ min: 0, max: 50 }),
    like: fc.integer({ min: 5, max: 50 }),
    unlike: fc.integer({ min: 0, max: 5 }),
    comment: fc.integer({ min: 5, max: 50 }),
    commentDelete: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.nat(), mix, fc.constantFrom(1, 7, 100), (seed, weights, viewsPerEvent) => {
      const arrivals = [{ name: 'd', shape: 'constant', durationHours: 24, events: 1500 }];
      const scenario = scenarioWith({ seed, mix: weights, viewsPerEvent, users: 7, arrivals });
      for (let lane = 0; lane < 3; lane += 1) expectConsistent(play(scenario, lane), viewsPerEvent);
    }),
    { numRuns: 15 },
  );
});

/** A naive recount: sets of who likes what, and of live comments. */
function expectConsistent(events: readonly Played[], viewsPerEvent: number): void {
  const likes = new Map<string, Map<unknown, unknown>>();
  const comments = new Map<string, Set<unknown>>();
  const views = new Map<string, number>();
  const deleted = new Set<string>();
  for (const { event, payload } of events) {
    const { articleId } = event;
    assert.not(deleted.has(articleId), 'a deleted article goes quiet');
    const liked = likes.get(articleId) ?? new Map();
    const live = comments.get(articleId) ?? new Set();
    likes.set(articleId, liked);
    comments.set(articleId, live);
    switch (event.type) {
      case 'ARTICLE_DELETED':
        deleted.add(articleId);
        break;
      case 'ARTICLE_LIKED':
        assert.not(liked.has(payload.userId), 'a user likes an article once');
        liked.set(payload.userId, payload.articleLikeId);
        assert.is(event.count, liked.size);
        break;
      case 'ARTICLE_UNLIKED':
        assert.is(liked.get(payload.userId), payload.articleLikeId, 'only what was liked is unliked');
        liked.delete(payload.userId);
        assert.is(event.count, liked.size);
        break;
      case 'COMMENT_CREATED':
        assert.not(live.has(payload.commentId));
        live.add(payload.commentId);
        assert.is(event.count, live.size);
        break;
      case 'COMMENT_DELETED':
        assert.ok(live.delete(payload.commentId), 'a comment is deleted once');
        assert.is(event.count, live.size);
        break;
      case 'ARTICLE_VIEWED':
        views.set(articleId, (views.get(articleId) ?? 0) + viewsPerEvent);
        assert.is(event.count, views.get(articleId));
    }
  }
}

test('a lane is the same in any thread and in any order', () => {
  const scenario = scenarioWith();
  const [a, b, c] = hashOf(scenario, [0, 1, 2]);
  assert.equal(hashOf(scenario, [2, 0, 1]), [c, a, b]);
  assert.equal(hashInTurns(scenario, [0, 1, 2]), [a, b, c]);
  assert.is.not(hashOf(scenarioWith({ seed: 43 }), [0])[0], a);
});

/** Scenarios of any seed, shape, key, delivery and aim, small enough to be played often. */
const anyScenario = fc
  .record({
    seed: fc.nat(),
    partitions: fc.integer({ min: 1, max: 6 }),
    partitioning: fc.constantFrom('articleId', 'shard4', 'round-robin', 'explicit'),
    shape: fc.constantFrom('constant', 'ramp', 'step', 'stairs', 'spike', 'diurnal'),
    spacing: fc.constantFrom('poisson', 'even'),
    model: fc.constantFrom('pareto', 'zipf', 'uniform'),
    late: fc.boolean(),
    days: fc.integer({ min: 1, max: 2 }),
    aims: fc.subarray(['leaders-fall', 'ties', 'unlike-storm', 'viral', 'resurrection', 'midnight', 'adjacent-ids']),
  })
  .map(({ partitions, shape, spacing, model, late, aims, ...fields }) => {
    const delivery = late ? { late: { share: 0.2 }, duplicates: { share: 0.2 }, poisonShare: 0.05 } : {};
    const arrivals = [{ name: 'd', shape, spacing, durationHours: 24, events: 600 }];
    const aim = aims.map((kind) => ({ kind }));
    return scenarioWith({ ...fields, topics: { partitions }, popularity: { model }, arrivals, aim, delivery });
  });

test('any number of workers sends the same records', () => {
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 1, max: 7 }), (scenario, workers) => {
      const lanes = Array.from({ length: scenario.topics.partitions }, (_, lane) => lane);
      const shares = Array.from({ length: workers }, (_, worker) => lanes.filter((lane) => lane % workers === worker));
      const union = shares.flatMap((share) => {
        const hashes = hashInTurns(scenario, share);
        return share.map((lane, i) => [lane, hashes[i]] as const);
      });
      const byLane = [...union].sort(([a], [b]) => a - b).map(([, hash]) => hash);
      assert.equal(byLane, hashOf(scenario, lanes));
    }),
    { numRuns: 10 },
  );
});

test('in any lane time moves forward, ids and versions grow, and every planned event comes', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const plan = planOf(scenario);
      let events = 0;
      for (let index = 0; index < plan.lanes; index += 1) {
        const lane = new Lane(plan, index);
        let before = { timeMs: 0, tick: 0 };
        for (; lane.advance(); events += 1) {
          const { timeMs, tick } = lane;
          assert.ok(timeMs > before.timeMs || (timeMs === before.timeMs && tick > before.tick));
          before = { timeMs, tick };
        }
      }
      assert.is(events, plan.events);
    }),
    { numRuns: 20 },
  );
});

test('seed 42 of quickstart always gives these bytes', async () => {
  const scenario = await loadScenario('scenarios/quickstart.json');
  assert.is(survey(planOf(scenario)).hash, '4add70d4eda666eb0619a74cdcebccf4f3c1b4461ae3af5ac75ece3b848fea43');
});

test.run();

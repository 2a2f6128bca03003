// test/simulator/fault/nemesis.test.ts — Faults come when the scenario says so, are mended in time, and are accounted for.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ActiveFault, type Fault, NoTargetError } from '../../../simulator/fault/fault.js';
import { Nemesis, type NemesisOptions } from '../../../simulator/fault/nemesis.js';
import type { Moment } from '../../../simulator/fault/timeline.js';
import { completeScenario } from '../../../simulator/scenario/load.js';
import type { FaultSpec } from '../../../simulator/scenario/schema.js';

const NOWHERE: Moment = { sentShare: 0, startedPhases: new Set(), endedPhases: new Set(), eventTimeMs: undefined };

/** A nemesis whose clock is moved by hand and whose faults only write down what is asked of them. */
class Bench {
  readonly diary: string[] = [];
  readonly nemesis: Nemesis;
  atMs = 0;

  constructor(faults: readonly Readonly<Record<string, unknown>>[], inject?: Fault<FaultSpec>['inject']) {
    const scenario = completeScenario('x.json', {
      description: 'a test',
      articles: { perDay: 10 },
      arrivals: [{ name: 'rush', shape: 'constant', durationHours: 24, events: 100 }],
      consumers: 3,
      faults: faults.map((fault) => ({ kind: 'consumer-kill', forSeconds: 2, ...fault })),
    });
    const fault: Fault<FaultSpec> = { needs: [], inject: inject ?? (async () => this.broken()) };
    this.nemesis = new Nemesis({
      faults: scenario.faults,
      faultOf: () => fault,
      stand: {} as NemesisOptions['stand'],
      seed: 1,
      zone: 'Asia/Seoul',
      now: () => this.atMs,
      say: () => undefined,
    });
  }

  broken(heal: () => Promise<void> = async () => undefined): ActiveFault {
    this.diary.push(`${this.atMs} broken`);
    return {
      targets: ['consumer 1'],
      heal: async () => {
        await heal();
        this.diary.push(`${this.atMs} mended`);
      },
      receipt: async () => ({ proven: true, facts: [] }),
    };
  }

  async at(atMs: number, moment: Partial<Moment> = {}): Promise<void> {
    this.atMs = atMs;
    this.nemesis.tick({ ...NOWHERE, ...moment });
    // Nothing of this waits for time, so what was begun has settled after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a fault comes at its progress and is mended after its time', async () => {
  const bench = new Bench([{ at: { progress: 0.4 } }]);
  await bench.at(100, { sentShare: 0.39 });
  await bench.at(200, { sentShare: 0.4 });
  await bench.at(2199, { sentShare: 0.9 });
  await bench.at(2200, { sentShare: 0.9 });
  assert.equal(bench.diary, ['200 broken', '2200 mended']);
  const [result] = await bench.nemesis.results();
  assert.equal(result, {
    kind: 'consumer-kill',
    target: 'consumer 1',
    injectedAtMs: 200,
    healedAtMs: 2200,
    receipt: { proven: true, facts: [] },
    recovery: { detectedMs: null, firstProgressMs: null, caughtUpMs: null },
  });
});

test('a fault comes with its phase, or at its event time', async () => {
  const bench = new Bench([{ at: { phase: 'rush' } }, { at: { time: '2024-10-01T09:00:00' } }]);
  await bench.at(1, { eventTimeMs: Date.parse('2024-09-30T23:59:59Z') });
  await bench.at(2, { startedPhases: new Set(['rush']) });
  await bench.at(3, { eventTimeMs: Date.parse('2024-10-01T00:00:00Z') });
  assert.equal(bench.diary, ['2 broken', '3 broken']);
});

test('it comes again as often as it should, and never before it was mended', async () => {
  let mend = () => {};
  const slow = new Promise<void>((resolve) => {
    mend = resolve;
  });
  let lives = 0;
  const bench = new Bench([{ at: { progress: 0 }, every: { seconds: 5, times: 3 } }], async () => {
    lives += 1;
    return bench.broken(lives === 1 ? () => slow : undefined);
  });
  for (const atMs of [0, 2000, 5000, 6000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken']);
  mend();
  for (const atMs of [7000, 7020, 9020, 9999, 10_000, 12_000, 20_000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken', '7000 mended', '7020 broken', '9020 mended', '10000 broken', '12000 mended']);
});

test('what is broken during a phase is mended at its end, and not before its own time', async () => {
  const bench = new Bench([{ during: { phase: 'rush' } }]);
  const started = { startedPhases: new Set(['rush']) };
  const ended = { ...started, endedPhases: new Set(['rush']) };
  await bench.at(1, started);
  await bench.at(90_000, started);
  await bench.at(90_020, ended);
  assert.equal(bench.diary, ['1 broken', '90020 mended']);

  const short = new Bench([{ during: { phase: 'rush' } }]);
  await short.at(1, started);
  for (const atMs of [100, 2000, 2001]) await short.at(atMs, ended);
  assert.equal(short.diary, ['1 broken', '2001 mended']);
});

test('what is broken during a stretch of the load is mended at its end, or with the load', async () => {
  const bench = new Bench([{ during: { progress: [0.2, 0.4] } }, { during: { progress: [0.5, 1] } }]);
  for (const [atMs, sentShare] of [
    [1, 0.1],
    [2, 0.2],
    [5000, 0.39],
    [6000, 0.4],
    [7000, 0.5],
    [9900, 0.9],
  ] as const) {
    await bench.at(atMs, { sentShare });
  }
  bench.nemesis.loadIsOver();
  await bench.at(9920, { sentShare: 0.9 });
  assert.equal(bench.diary, ['2 broken', '6000 mended', '7000 broken', '9920 mended']);
});

test('what is broken when the load ends has its time, and nothing more is broken', async () => {
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 1 } }]);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  await bench.at(1000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  await bench.at(2000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, true);
  assert.equal(bench.diary, ['0 broken', '2000 mended']);
  const [, second] = await bench.nemesis.results();
  assert.equal(second, {
    kind: 'consumer-kill',
    target: 'consumer:random',
    injectedAtMs: null,
    healedAtMs: null,
    problem: 'the load was over before its time came',
  });
});

test('without a target it waits; what cannot be broken or mended is a problem', async () => {
  let tries = 0;
  const bench = new Bench([{ at: { progress: 0 } }], async () => {
    tries += 1;
    if (tries === 1) throw new NoTargetError('all are broken');
    return bench.broken(() => Promise.reject(new Error('it stays down')));
  });
  for (const atMs of [0, 100, 2100]) await bench.at(atMs);
  assert.equal(bench.diary, ['100 broken']);
  const [mended] = await bench.nemesis.results();
  assert.is(mended?.healedAtMs, null);
  assert.is(mended?.problem, 'could not be healed: it stays down');

  const other = new Bench([{ at: { progress: 0 } }], () => Promise.reject(new Error('no such thing')));
  await other.at(0);
  const [broken] = await other.nemesis.results();
  assert.is(broken?.problem, 'no such thing');
});

test('of one kind of thing one is broken after the other, as each must know what is broken already', async () => {
  const seen: number[] = [];
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 0 } }], async (_, { broken }) => {
    seen.push(broken.size);
    return bench.broken();
  });
  await bench.at(0);
  assert.equal(seen, [0]);
  await bench.at(20);
  assert.equal(seen, [0, 1]);
});

test('what found its target broken may still come after the load, within bounds', async () => {
  let isFree = false;
  const inject = async () => {
    if (isFree) return bench.broken();
    throw new NoTargetError('all are broken');
  };
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 1 } }], inject);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  await bench.at(5000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  isFree = true;
  for (const atMs of [6000, 8000]) await bench.at(atMs, { sentShare: 1 });
  assert.equal(bench.diary, ['6000 broken', '8000 mended']);
  assert.is(bench.nemesis.isQuiet, true);

  const late = new Bench([{ at: { progress: 0 } }], () => Promise.reject(new NoTargetError('all are broken')));
  await late.at(0);
  late.nemesis.loadIsOver();
  await late.at(29_999);
  assert.is(late.nemesis.isQuiet, false);
  await late.at(30_000);
  assert.is(late.nemesis.isQuiet, true);
});

test('what waits is given its time anew when something else is mended', async () => {
  const inject = async ({ kind }: FaultSpec) => {
    if (kind === 'consumer-kill') return bench.broken();
    throw new NoTargetError('it is broken');
  };
  const long = { at: { progress: 0 }, forSeconds: 20 };
  const bench = new Bench([long, { kind: 'broker-kill', at: { progress: 0 } }], inject);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  for (const atMs of [20_000, 49_999]) await bench.at(atMs, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  await bench.at(50_000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, true);
});

test('what has had no effect yet stays broken for longer, within bounds', async () => {
  let hasShown = false;
  const shy = async (bench: Bench) => ({ ...bench.broken(), hasShown: async () => hasShown });
  const bench = new Bench([{ at: { progress: 0 } }], () => shy(bench));
  for (const atMs of [0, 2000, 9000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken']);
  hasShown = true;
  await bench.at(9020);
  assert.equal(bench.diary, ['0 broken', '9020 mended']);

  hasShown = false;
  const never = new Bench([{ at: { progress: 0 } }], () => shy(never));
  for (const atMs of [0, 2000, 31_999, 32_000]) await never.at(atMs);
  assert.equal(never.diary, ['0 broken', '32000 mended']);
});

test('everything is mended at once when the run ends early', async () => {
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 0 } }]);
  for (const atMs of [0, 0]) await bench.at(atMs);
  bench.atMs = 50;
  await bench.nemesis.healAll();
  assert.equal(bench.diary, ['0 broken', '0 broken', '50 mended', '50 mended']);
});

test.run();

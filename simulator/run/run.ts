// simulator/run/run.ts — One run, top to bottom: provision, load, drain, check.
import type { Admin } from 'kafkajs';
import { wallMs } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { createRedisClient, type RedisClient } from '../../contract/redis-client.js';
import { topicsOf } from '../../contract/topics.js';
import { InterruptedError } from '../errors.js';
import type { InfraOptions, StartedInfra } from '../infra/infra.js';
import { type Guardian, startGuardian } from '../infra/processes/guardian.js';
import { provision } from '../infra/provision.js';
import { judgeRun } from '../judge/judgement.js';
import { createLagProbe, endsOf } from '../observe/lag.js';
import { LogReader } from '../observe/log-reader.js';
import { Sampler } from '../observe/sampler.js';
import { Watch } from '../observe/watch.js';
import { judgedAtOf } from '../produce/account/late-completions.js';
import { Load } from '../produce/load.js';
import { LogRecorder } from '../record/recorded-log.js';
import { keepRecordedRun } from '../record/recorded-run.js';
import type { Sample } from '../record/sample.js';
import type { Scenario } from '../scenario/schema.js';
import { readList } from '../sut/lists.js';
import { declaredBy } from '../sut/load.js';
import { namesOf, type RunNames, type Suts } from '../sut/run-names.js';
import { type Plan, planOf } from '../workload/plan.js';
import { Breakage, breakableOptions, expectPossible } from './breakage.js';
import { collectHistory } from './collect.js';
import { measure } from './measure.js';
import { cleanUp, createTopics, expectNoLists, expectReachable, expectWrites, ownKeys } from './own.js';
import { planWarnings } from './plan-warnings.js';
import { drain, drainGroup, playLoad, sampleUntil } from './play.js';
import { readyConsumers } from './ready.js';
import { judgedFields, loadFigures, type RunResult, serversOf, warningsOf } from './result.js';
import { drainSeconds, listsText } from './settling.js';
import { evaluateThresholds } from './thresholds.js';

export type Stage = 'starting' | 'load' | 'drain' | 'check';

export interface RunOptions {
  readonly scenario: Scenario;
  readonly suts: Suts;
  readonly runId: string;
  readonly infra: Pick<InfraOptions, 'kafka' | 'redis'>;
  /** Of the run: for what it records. */
  readonly dir: string;
  readonly logDir: string;
  /** Leaves topics and keys where they are. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly stage: (stage: Stage, plan: Plan) => void;
  readonly sample: (sample: Sample) => void;
  /** Called between drain and check; the check waits for it. */
  readonly hold: ((where: { readonly redisUrl: string; readonly keyPrefix: string }) => Promise<void>) | undefined;
}

/** @throws InfraError, InterruptedError */
export async function run(options: RunOptions): Promise<RunResult> {
  const { scenario } = options;
  expectPossible(scenario, options.infra, options.suts.sut);
  const plan = planOf(scenario);
  options.stage('starting', plan);
  for (const warning of planWarnings(plan)) options.say(`warning: ${warning}`);
  await using guardian = await startGuardian();
  const breakable = breakableOptions(scenario);
  await using infra = await provision({
    ...options.infra,
    ...(breakable ? { breakable } : {}),
    nodes: scenario.topics.replicationFactor > 1 ? 3 : 1,
    logDir: options.logDir,
    say: options.say,
    signal: options.signal,
  });
  const signal = AbortSignal.any([options.signal, infra.died]);
  try {
    return await runOn({ ...options, signal }, { plan, infra, guardian });
  } catch (error) {
    // Whatever failed first, the reason is that the run was told to end, or lost its servers.
    if (options.signal.aborted) throw new InterruptedError('interrupted', { cause: error });
    if (infra.died.aborted) throw infra.died.reason;
    throw error;
  }
}

interface Context {
  readonly plan: Plan;
  readonly infra: StartedInfra;
  readonly guardian: Guardian;
}

async function runOn(options: RunOptions, context: Context): Promise<RunResult> {
  const { infra, plan } = context;
  const { scenario } = options;
  const names = namesOf(options.runId, scenario, options.suts);
  const isShared = options.suts.sut.command === undefined;
  expectReachable(infra, isShared);
  const admin = createKafka(infra.kafka.direct, { clientId: 'sim' }).admin();
  const redis = createRedisClient(infra.redis.connection.url, { redis: { maxRetriesPerRequest: 3 } });
  // Each command reports its own failure; the event of the connection would end the process.
  redis.on('error', () => undefined);
  const own: { topics: readonly string[]; days: readonly Day[] } = { topics: [], days: [] };
  try {
    await admin.connect();
    const days = plan.days.map(({ day }) => day);
    await expectNoLists(redis, names, days);
    await expectWrites(redis, names);
    own.topics = await createTopics(admin, names, { scenario, isShared });
    own.days = days;
    return await runWith(options, { ...context, names, admin, redis });
  } finally {
    // Servers of this run take their data with them, and one that died would not answer.
    const isKept = infra.kafka.mode !== 'local' || infra.redis.mode !== 'local';
    if (isKept && !options.keep) await cleanUp(admin, redis, { ...names, ...own });
    redis.disconnect();
    await admin.disconnect().catch(() => undefined);
  }
}

interface Clients extends Context {
  readonly names: RunNames;
  readonly admin: Admin;
  readonly redis: RedisClient;
}

async function runWith(options: RunOptions, context: Clients): Promise<RunResult> {
  const { scenario, signal } = options;
  const { plan, infra, guardian, names, admin, redis } = context;
  const connections = { kafka: infra.kafka.connection, redis: infra.redis.connection };
  const topics = topicsOf(names.topicPrefix);
  await using load = await Load.connect({ scenario, connection: connections.kafka, topics });
  const ready = await readyConsumers(
    { scenario, ...connections, ...names, logDir: options.logDir, guardian },
    { plan, names, suts: options.suts, admin, redis, signal },
  );
  await using consumers = ready.consumers;
  await using articleRead = ready.articleRead;
  const { clock } = ready;
  const startedAtMs = clock?.kind === 'scaled' ? clock.wallStartMs : wallMs();
  // What was in the topics before is not of this run: records of earlier runs, and those of probes.
  const starts = await endsOf(admin, topics);
  const lag = createLagProbe(admin, names.groupId, { topics, starts });
  const watch = new Watch({
    ...{ plan, topics, clock, startedAtMs, channels: () => consumers.channels },
    readList: (day) => readList(redis, names.listKeyOf(day)),
  });
  const sampler = new Sampler({
    ...{ plan, load, lag, consumers, clock, startedAtMs },
    take: (sample) => {
      options.sample(sample);
      watch.look();
    },
    offsets: (...seen) => {
      watch.offsets(...seen);
      breakage.nemesis.offsets(...seen);
    },
  });
  const { sessionTimeoutMs } = scenario.consumer;
  await using breakage = new Breakage({
    ...{ plan, load, clock, startedAtMs, say: options.say },
    context: {
      ...{ consumers, producers: load, admin, groupId: names.groupId, topics, sessionTimeoutMs },
      ...{ breakable: infra.breakable, copies: scenario.topics },
      keyPrefix: ownKeys(names, options.suts.sut, infra),
    },
  });

  options.stage('load', plan);
  const results = await playLoad(load, { clock, sampler, signal });
  await sampleUntil(breakage.ended(signal), { sampler, signal });
  options.stage('drain', plan);
  const isHopeless = () => consumers.exits.length > 0;
  // Others may commit what they have not applied yet.
  const mayMove = scenario.faults.length > 0 || options.suts.sut.channel === undefined;
  const settles = mayMove ? () => listsText(plan, redis, names) : undefined;
  const drained = await drain(sampler, { timeoutSeconds: drainSeconds(plan, clock), signal, isHopeless, settles });
  const readLag = createLagProbe(admin, names.articleReadGroupId, { topics, starts });
  const finalReadLag =
    articleRead &&
    (await drainGroup(readLag, {
      ...{ timeoutSeconds: drainSeconds(plan, clock), signal },
      isHopeless: () => articleRead.exits.length > 0,
    }));
  await options.hold?.({ redisUrl: connections.redis.url, keyPrefix: names.keyPrefix });
  options.stage('check', plan);
  const [watched, faults] = [await watch.finish(), await breakage.nemesis.results()];
  const evidence = {
    ...{
      plan,
      load,
      results,
      drained,
      behind: sampler.behind,
      consumers,
      redis,
      names,
      isOpaque: options.suts.sut.channel === undefined,
      listTtlDays: options.suts.sut.listTtlDays,
      startedAtMs,
      clock,
      faults,
      watched,
      signal,
    },
    articleRead: articleRead && { instances: articleRead, finalLag: finalReadLag ?? null },
  };
  const history = await collectHistory(evidence);
  const lanes = results.flatMap((result) => result.lanes);
  const kafka = createKafka(infra.kafka.direct, { clientId: 'sim-judge' });
  const openLog = () => LogReader.open(kafka, admin, { topics, starts });
  const recorder = new LogRecorder();
  const declared = declaredBy(options.suts.sut);
  const source = { plan, openLog, recorder, signal, judgedAt: judgedAtOf(lanes), lanes, declared };
  const judgement = await judgeRun(history, lanes, source);
  const { log } = judgement;
  const unkept = await keepRecordedRun(options.dir, {
    scenario,
    declared,
    history,
    lanes,
    log: log && recorder.take(),
  });

  const { harnessRssBytesMax } = sampler;
  const figures = loadFigures(load, { plan, results, drained, startedAtMs, harnessRssBytesMax });
  const { drainMs, eventsPerSecond: throughput } = figures;
  const { latency, phases } = measure(plan, load, (await consumers.observe()) ?? []);
  const thresholds = evaluateThresholds(scenario.thresholds, { latency, phases, throughput, drainMs, log });
  const warnings = [...warningsOf(latency), ...unkept];
  return {
    ...judgedFields(judgement, { history, thresholds, expect: scenario.expect }),
    servers: serversOf(infra),
    load: figures,
    ...{ latency, phases },
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(faults.length > 0 ? { faults } : {}),
  };
}

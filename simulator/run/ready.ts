// simulator/run/ready.ts — Phase 3: producers are connected, consumers own every partition, and the run has its ports.
import { wallMs } from '../../contract/clock.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { topicsOf } from '../../contract/topics.js';
import { faultOf } from '../fault/faults.js';
import type { StartedInfra } from '../infra/infra.js';
import type { Guardian } from '../infra/processes/guardian.js';
import { createLagProbe, endsOf } from '../observe/lag.js';
import { LogReader } from '../observe/log-reader.js';
import { readReadModels } from '../observe/read-models.js';
import { RecordlessEnds } from '../observe/recordless-ends.js';
import { Load } from '../produce/load.js';
import { readArticles, readCut, readNewest } from '../sut/consumer-channel.js';
import { readList, readListExpiry } from '../sut/lists.js';
import type { Suts } from '../sut/run-names.js';
import type { Plan } from '../workload/plan.js';
import { type ReadyConsumers, readyConsumers } from './consumers-ready.js';
import { ownKeys } from './keys.js';
import type { Owned } from './own.js';
import type { ArticleReadPort, FaultPort, RankingPort, RunPorts } from './ports.js';
import { realTime } from './real-time.js';

export interface ReadyOptions {
  readonly plan: Plan;
  readonly suts: Suts;
  readonly infra: StartedInfra;
  readonly guardian: Guardian;
  readonly owned: Owned;
  readonly logDir: string;
  readonly signal: AbortSignal;
}

export interface ReadyRun extends AsyncDisposable {
  readonly ports: RunPorts;
}

/** @throws InfraError, or the signal's reason. Nothing of it runs then. */
export async function readyRun(options: ReadyOptions): Promise<ReadyRun> {
  const { plan, infra, owned } = options;
  const topics = topicsOf(owned.names.topicPrefix);
  const load = await Load.connect({ scenario: plan.scenario, connection: infra.kafka.connection, topics });
  let ready: ReadyConsumers | undefined;
  const dispose = async () => {
    await ready?.articleRead?.[Symbol.asyncDispose]();
    await ready?.consumers[Symbol.asyncDispose]();
    await load[Symbol.asyncDispose]();
  };
  try {
    ready = await startConsumers(options);
    const ports = await portsOf(options, { topics, load, ready });
    return { ports, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function startConsumers({ plan, suts, infra, guardian, owned, logDir, signal }: ReadyOptions): Promise<ReadyConsumers> {
  const { names, admin, redis } = owned;
  const { topicPrefix, keyPrefix } = names;
  const servers = { kafka: infra.kafka.connection, redis: infra.redis.connection };
  return readyConsumers(
    { scenario: plan.scenario, ...servers, topicPrefix, keyPrefix, logDir, guardian },
    { plan, names, suts, admin, redis, signal },
  );
}

interface Started {
  readonly topics: readonly string[];
  readonly load: Load;
  readonly ready: ReadyConsumers;
}

async function portsOf(options: ReadyOptions, started: Started): Promise<RunPorts> {
  const { infra, owned, signal } = options;
  const { names, admin, redis } = owned;
  const { topics, load, ready } = started;
  const { clock } = ready;
  const kafka = createKafka(infra.kafka.direct, { clientId: 'sim-judge' });
  // Records of earlier runs and of probes are not this run's.
  const starts = await endsOf(admin, topics);
  const openLogAt = (at: ReadonlyMap<string, number>) => LogReader.open(kafka, admin, { topics, starts: at });
  const lagOfGroup = (groupId: string) =>
    createLagProbe(admin, groupId, { topics, starts, ends: new RecordlessEnds({ topics, openLog: openLogAt }) });
  return {
    time: realTime(signal),
    clock,
    startedAtMs: clock?.kind === 'scaled' ? clock.wallStartMs : wallMs(),
    topics,
    load,
    ranking: rankingPort(ready, lagOfGroup(names.groupId)),
    articleRead: articleReadPort(ready, lagOfGroup(names.articleReadGroupId)),
    lists: {
      read: (day) => readList(redis, names.listKeyOf(day)),
      readExpiry: (day) => readListExpiry(redis, names.listKeyOf(day)),
    },
    faults: faultPort(options, started),
    openLog: () => openLogAt(starts),
  };
}

function rankingPort({ consumers }: ReadyConsumers, lag: RankingPort['lag']): RankingPort {
  let cuts = 0;
  return {
    consumers,
    lag,
    readCut: async (day) => {
      const { channels } = consumers;
      // All instances read the same Redis; each is asked in its turn.
      const url = channels[cuts % Math.max(1, channels.length)];
      cuts += 1;
      return url === undefined ? undefined : readCut(url, day);
    },
    readNewest: async () => {
      const [url] = consumers.channels;
      return url === undefined ? undefined : readNewest(url);
    },
    readArticles: async (day, signal) => {
      // Any instance can answer: the state is in Redis.
      const [url] = consumers.channels;
      return url === undefined ? undefined : readArticles(url, day, signal);
    },
  };
}

function articleReadPort({ articleRead }: ReadyConsumers, lag: ArticleReadPort['lag']): ArticleReadPort | undefined {
  if (!articleRead) return undefined;
  return { consumers: articleRead, lag, readModels: (signal) => readReadModels(articleRead.channels, signal) };
}

function faultPort({ plan, suts, infra, owned }: ReadyOptions, { topics, load, ready }: Started): FaultPort {
  const { names, admin } = owned;
  const { scenario } = plan;
  return {
    faultOf,
    context: {
      consumers: ready.consumers,
      producers: load,
      admin,
      groupId: names.groupId,
      topics,
      sessionTimeoutMs: scenario.consumer.sessionTimeoutMs,
      breakable: infra.breakable,
      copies: scenario.topics,
      keyPrefix: ownKeys(names, suts.sut, infra),
    },
  };
}

// simulator/run/own.ts — Phase 2: what the run owns in Kafka and Redis is made, and removed when the run is over. Nothing else is ever touched.
import type { Admin } from 'kafkajs';
import type { Day } from '../../contract/events.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { createRedisClient, type RedisClient } from '../../contract/redis-client.js';
import { inTime } from '../../contract/waiting.js';
import { calledAs, InfraError } from '../errors.js';
import type { StartedInfra } from '../infra/infra.js';
import { namesOf, type RunNames, type Suts } from '../sut/run-names.js';
import type { Plan } from '../workload/plan.js';
import { deleteKeys, expectUsable } from './keys.js';
import { deleteGroups, deleteTopics } from './topic-deletion.js';
import { createTopics } from './topics.js';

export interface OwnOptions {
  readonly plan: Plan;
  readonly suts: Suts;
  readonly runId: string;
  readonly infra: Pick<StartedInfra, 'kafka' | 'redis'>;
  /** Leaves topics and keys where they are. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

/** Topics, names, and the clients that made them. */
export interface Owned extends AsyncDisposable {
  readonly names: RunNames;
  readonly admin: Admin;
  readonly redis: RedisClient;
}

/** @throws InfraError when something of it is there already, or cannot be made */
export async function own({ plan, suts, runId, infra, keep, say }: OwnOptions): Promise<Owned> {
  const names = namesOf(runId, plan.scenario, suts);
  const isShared = suts.sut.command === undefined;
  expectReachable(infra, isShared);
  const admin = createKafka(infra.kafka.direct, { clientId: 'sim' }).admin();
  const redis = createRedisClient(infra.redis.connection.url, { redis: { maxRetriesPerRequest: 3 } });
  // Each command reports its own failure; without a listener the connection's error would end the process.
  redis.on('error', () => undefined);
  const made: { topics: readonly string[]; days: readonly Day[] } = { topics: [], days: [] };
  const dispose = async () => {
    // Servers of this run take their data with them, and one that died would not answer.
    const isKept = infra.kafka.mode !== 'local' || infra.redis.mode !== 'local';
    if (isKept && !keep) await cleanUp({ names, admin, redis }, { ...made, say });
    redis.disconnect();
    await admin.disconnect().catch(() => undefined);
  };
  try {
    await admin.connect();
    const days = plan.days.map(({ day }) => day);
    await expectUsable(redis, names, days);
    const { brokers } = infra.kafka.connection;
    made.topics = await createTopics(admin, names, { plan, isShared, brokers, say });
    made.days = days;
    return { names, admin, redis, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** @throws InfraError when a consumer that runs elsewhere cannot know the servers */
function expectReachable({ kafka, redis }: OwnOptions['infra'], isShared: boolean): void {
  if (!isShared || (kafka.mode !== 'local' && redis.mode !== 'local')) return;
  throw new InfraError('the consumer runs elsewhere already, and cannot know the servers that are started for a run', {
    hint: `name its servers by --brokers and --redis, or start them by \`${calledAs()} up\` and the consumer after that`,
  });
}

const CLEAN_UP_MS = 10_000;

interface Made {
  readonly topics: readonly string[];
  readonly days: readonly Day[];
  readonly say: (line: string) => void;
}

/** Cleans each server on its own and within a bound: one that is gone must not keep the other from being cleaned. */
async function cleanUp(
  { names, admin, redis }: Omit<Owned, typeof Symbol.asyncDispose>,
  { topics, days, say }: Made,
): Promise<void> {
  const kafka = deleteTopics(admin, topics).then(async ({ left, reason }) => {
    if (left.length > 0) say(`left behind: topics ${left.join(', ')}, as ${reason}`);
    await deleteGroups(admin, names);
  });
  const keys = Promise.all([
    deleteKeys(redis, names.keyPrefix),
    ...days.map((day) => redis.unlink(names.listKeyOf(day))),
  ]);
  const ended = await inTime(Promise.allSettled([kafka, keys]), CLEAN_UP_MS);
  const [ofKafka, ofRedis] = ended?.value ?? [];
  const again = `\`${calledAs()} clean\` removes them`;
  if (ofKafka?.status !== 'fulfilled') say(`left behind in Kafka: topics ${topics.join(', ')}; ${again}`);
  if (ofRedis?.status !== 'fulfilled') say(`left behind in Redis: keys ${names.keyPrefix}*; ${again}`);
}

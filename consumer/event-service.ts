// consumer/event-service.ts — What every service is made of, whatever it derives from the topics; stopping it ends all of its parts.
import type { FastifyInstance } from 'fastify';
import type { Admin } from 'kafkajs';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { elementAt } from '../contract/assert.js';
import { askedAgain, onceThere } from '../contract/kafkajs/lost-connection.js';
import { topicsOf } from '../contract/topics.js';
import { inTime } from '../contract/waiting.js';
import { Positions } from './applying/positions.js';
import { RangeApplier } from './applying/range-applier.js';
import type { Shards } from './applying/shards.js';
import type { OperationOptions } from './http/http-server.js';
import type { ServiceOptions } from './process.js';
import { BatchProcessor, type Folding } from './reading/batch-processor.js';
import { consumerSettings } from './reading/consumer-settings.js';
import { DeadLetters } from './reading/dead-letters.js';
import { GroupConsumer } from './reading/group-consumer.js';
import { expectTopics } from './reading/required-topics.js';
import { evictionPolicy, expectWritable } from './runtime/redis-connection.js';
import type { ServiceClock } from './runtime/service-clock.js';
import { ServiceMetrics } from './runtime/service-metrics.js';

/** What a service derives, and how it shows it. */
export interface Derivation {
  /** What the names of its metrics begin with. */
  readonly metricPrefix: string;
  readonly clock: ServiceClock;
  /** Its states must be those that the shards' store takes. */
  readonly fold: Folding;
  readonly shards: Shards;
  /** Key of a hash that the service writes. */
  readonly offsetsKey: string;
  readonly createHttp: (operation: OperationOptions) => FastifyInstance;
}

/** Little, as a batch waits meanwhile: its partition tries again later. */
const DEAD_LETTER_RETRY = { initialRetryTime: 100, maxRetryTime: 500, retries: 3 } as const;
/** Redis gets this long to answer what is in flight; then the batch is given up, to be read again by the next start. */
const REDIS_GRACE_MS = 2500;

export class EventService {
  readonly registry = new Registry();
  readonly admin: Admin;
  readonly topics: readonly string[];
  readonly #options: ServiceOptions;
  readonly #deadLetters: DeadLetters;
  readonly #group: GroupConsumer;
  readonly #http: FastifyInstance;
  /** Where figures for the harness are not served with the rest. */
  readonly #internalHttp:
    | { readonly address: { host: string; port: number }; readonly http: FastifyInstance }
    | undefined;
  readonly #offsetsKey: string;

  constructor(options: ServiceOptions, derivation: Derivation) {
    const { config, kafka, redis, log, wallMs } = options;
    const { latencyBoundariesMs, partitionsConcurrently, commitIntervalMs, groupId } = config;
    const { fold, shards, clock, metricPrefix, offsetsKey, createHttp } = derivation;
    this.#options = options;
    this.admin = kafka.admin();
    this.topics = topicsOf(config.topicPrefix);
    const { registry, admin, topics } = this;
    collectDefaultMetrics({ register: registry });
    const metrics = new ServiceMetrics(registry, { clock, wallMs, latencyBoundariesMs, metricPrefix });
    const positions = new Positions();
    const warn = (message: string, details: Readonly<Record<string, unknown>>) => log.warn(details, message);
    const applier = new RangeApplier({ shards, metrics, positions, warn });
    this.#offsetsKey = offsetsKey;
    this.#deadLetters = new DeadLetters(kafka.producer({ retry: DEAD_LETTER_RETRY }), config);
    this.#group = new GroupConsumer({
      admin,
      topics,
      shards,
      positions,
      groupId,
      partitionsConcurrently,
      commitIntervalMs,
      processor: new BatchProcessor({ applier, clock, metrics, fold, deadLetters: this.#deadLetters }),
      consumer: kafka.consumer(consumerSettings(config)),
      crashed: options.crashed,
      reassigned: () => metrics.forgetLag(),
      heldUp: () => metrics.heldUp(),
      log: (level, message, details) => log[level](details, message),
    });
    const { internal } = config.http;
    const operation = { redis, metrics, registry, warn, isJoined: () => this.#group.isJoined };
    this.#http = createHttp({ ...operation, serves: internal === 'public' ? 'all' : 'public' });
    this.#internalHttp =
      typeof internal === 'string'
        ? undefined
        : { address: internal, http: createHttp({ ...operation, serves: 'internal' }) };
  }

  /** Settles when the service listens and joins its group. @throws RedisRefusedError, MissingTopicsError, or whatever Kafka says */
  async start(): Promise<void> {
    const { config, redis, log } = this.#options;
    const { admin, topics } = this;
    const { host, port } = config.http;
    const url = await this.#http.listen({ host, port });
    log.info({ url }, `listening on ${url}`);
    if (this.#internalHttp) {
      const internalUrl = await this.#internalHttp.http.listen(this.#internalHttp.address);
      log.info({ internalUrl }, `/internal/ is served on ${internalUrl}`);
    }
    await expectWritable(redis, this.#offsetsKey);
    const policy = await evictionPolicy(redis);
    if (policy !== undefined)
      log.warn({ policy }, 'Redis deletes keys when it is full: set its maxmemory-policy to noeviction');
    const warn = (error: unknown) => log.warn({ error: String(error) }, 'Kafka is not there; waiting for it');
    const wanted = { topics, partitions: config.createTopics, broker: elementAt(config.brokers, 0) };
    await onceThere(() => admin.connect(), { warn });
    await onceThere(() => askedAgain(() => expectTopics(admin, wanted)), { warn });
    const problem = await this.#deadLetters.createTopic(admin);
    if (problem !== undefined) log.warn({ error: String(problem) }, 'the dead-letter topic could not be made');
    await onceThere(() => this.#group.connect(), { warn });
    await this.#group.start();
  }

  /** Finishes what is in flight, commits, leaves the group, and closes every connection. */
  async stop(): Promise<void> {
    const { redis } = this.#options;
    const stopped = this.#group.stop();
    if (!(await inTime(stopped, REDIS_GRACE_MS))) redis.disconnect();
    await stopped;
    const servers = [this.#http, ...(this.#internalHttp ? [this.#internalHttp.http] : [])];
    await Promise.allSettled([
      this.#deadLetters.disconnect(),
      this.admin.disconnect(),
      ...servers.map((http) => http.close()),
    ]);
    redis.disconnect();
  }
}

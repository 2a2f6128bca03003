// consumer/settings/config.ts — Environment and flags -> complete configuration, or every problem with it at once.
import { z } from 'zod';
import { isZone } from '../../contract/calendar.js';
import { type ClockSettings, parseClock } from '../../contract/clock.js';
import { type KafkaSecurity, kafkaSecuritySchema } from '../../contract/connection.js';
import { problemOfSecurity, readPem } from '../../contract/kafkajs/security.js';
import { isCluster, problemOfRedisUrl } from '../../contract/redis-client.js';
import { DEFAULT_RULES, type Rules } from '../../contract/rules.js';
import { DEFAULT_TOPIC_PREFIX } from '../../contract/topics.js';
import { type Flags, flagOf, readFlags } from './flags.js';

const MAX_SHARDS = 256;

/** Name in the environment -> meaning, with the default in brackets at its end. */
export const SETTINGS = {
  KAFKA_BROKERS: 'host:port of brokers, separated by commas (required)',
  KAFKA_GROUP_ID: 'consumer group (hot-article-service)',
  KAFKA_TOPIC_PREFIX: `topics are <prefix>-article, -comment, -like, -view (${DEFAULT_TOPIC_PREFIX})`,
  KAFKA_CREATE_TOPICS: 'partitions of the topics that are missing and so made; with 0 a missing one ends the start (0)',
  KAFKA_SECURITY: 'JSON: {"ssl": true | {"caFile": …}, "sasl": {"mechanism": …, "username": …, "password": …}}',
  REDIS_URL:
    'redis:// or rediss://, with user, password and database; host:port,host:port is a Redis Cluster (required)',
  REDIS_TLS_CA: 'PEM file of the authority of the certificates of rediss:// (those that Node.js knows)',
  REDIS_SHARDS: `parts of the ranking, 1 to ${MAX_SHARDS}, spread over a Cluster’s masters; changed, all is applied again (1)`,
  REDIS_KEY_PREFIX: 'put before every key (nothing)',
  HTTP_HOST: 'address to listen on (127.0.0.1)',
  HTTP_PORT: 'port to listen on, 0 for a free one (8080)',
  HTTP_INTERNAL: 'where /internal/* is served: public, on the same port; off; or host:port (public)',
  RULES: 'JSON: the rules of the ranking that differ from the defaults',
  CLOCK: 'system, event-time, or scaled:<eventStartMs>:<wallStartMs>:<speed> (system)',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent (info)',
  COMMIT_INTERVAL_MS: 'between commits of offsets to Kafka (500)',
  FETCH_MAX_WAIT_MS: 'a broker answers after this long with what it has (100)',
  FETCH_MIN_BYTES: 'a broker answers sooner when it has this much (1)',
  FETCH_MAX_BYTES_PER_PARTITION: 'of one answer (4194304)',
  PARTITIONS_CONCURRENTLY: 'partitions whose batches are applied at the same time (12)',
  SESSION_TIMEOUT_MS: 'the group gives up on a silent member after this long (30000)',
  METADATA_MAX_AGE_MS: 'who leads which partition is asked again after this long, also without a failure (30000)',
  LATENCY_BOUNDARIES_MS: 'event times, separated by commas, at which a new end-to-end histogram begins (none)',
  EXIT_WITH_PARENT: '1: stop when standard input is closed (0)',
} as const;

export interface Config {
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly topicPrefix: string;
  /** Partitions; 0: none is made. */
  readonly createTopics: number;
  readonly security: KafkaSecurity | undefined;
  /** Address of one Redis or, with several hosts, of a Redis Cluster. */
  readonly redisUrl: string;
  /** PEM. */
  readonly redisTlsCa: string | undefined;
  readonly shards: number;
  readonly keyPrefix: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Where figures for the harness are served. */
    readonly internal: 'public' | 'off' | { readonly host: string; readonly port: number };
  };
  readonly rules: Rules;
  readonly clock: ClockSettings;
  readonly logLevel: string;
  readonly commitIntervalMs: number;
  readonly fetch: { readonly maxWaitMs: number; readonly minBytes: number; readonly maxBytesPerPartition: number };
  readonly partitionsConcurrently: number;
  readonly sessionTimeoutMs: number;
  readonly metadataMaxAgeMs: number;
  /** Event times, ms, ascending. */
  readonly latencyBoundariesMs: readonly number[];
  readonly exitsWithParent: boolean;
}

export type ConfigResult =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'help' }
  /** One line each, naming the flag or the variable. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const integer = (min: number, max: number, byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, { error: 'expected an integer' })
    .default(String(byDefault))
    .transform(Number)
    .pipe(z.int().min(min).max(max));

function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'expected JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const weight = z.int().min(0);
const rulesSchema = z.strictObject({
  top: z.int().min(1).max(1000).default(DEFAULT_RULES.top),
  weights: z
    .strictObject({
      like: weight.default(DEFAULT_RULES.weights.like),
      comment: weight.default(DEFAULT_RULES.weights.comment),
      view: weight.default(DEFAULT_RULES.weights.view),
      commenter: weight.default(DEFAULT_RULES.weights.commenter),
    })
    .prefault({}),
  zone: z.string().refine(isZone, { error: 'expected an IANA time zone' }).default(DEFAULT_RULES.zone),
  publishedAfterMinutes: z.int().min(0).default(DEFAULT_RULES.publishedAfterMinutes),
  historyDays: z.int().min(1).max(366).default(DEFAULT_RULES.historyDays),
});

const brokers = z
  .string({ error: 'expected host:port, is not set' })
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.every((one) => /^(?:[^\s:]+|\[[^\]]+\]):\d+$/.test(one)), { error: 'expected host:port' });

/** The name of a stream follows. */
const topicPrefix = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,236}$/, { error: 'expected letters, digits and ._- alone, as Kafka takes them' });

const redisUrl = z.string({ error: 'expected redis://…, is not set' }).superRefine((url, context) => {
  const message = problemOfRedisUrl(url);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const pemFile = z.string().transform((path, context) => {
  try {
    return readPem(path);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: 'custom', message: `expected a PEM file, but: ${said}` });
    return z.NEVER;
  }
});

function expectFiles(security: KafkaSecurity, context: z.RefinementCtx): void {
  const message = problemOfSecurity(security);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
}

const internalHttp = z.string().transform((text, context): Config['http']['internal'] => {
  if (text === 'public' || text === 'off') return text;
  const [, host, port] = /^(\[[\da-f:.]+\]|[^\s:]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host !== undefined && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  context.addIssue({ code: 'custom', message: 'expected public, off or host:port' });
  return z.NEVER;
});

const schema = z.object({
  KAFKA_BROKERS: brokers,
  KAFKA_GROUP_ID: z.string().min(1).default('hot-article-service'),
  KAFKA_TOPIC_PREFIX: topicPrefix.default(DEFAULT_TOPIC_PREFIX),
  KAFKA_CREATE_TOPICS: integer(0, 1000, 0),
  KAFKA_SECURITY: json(kafkaSecuritySchema).superRefine(expectFiles).optional(),
  REDIS_URL: redisUrl,
  REDIS_TLS_CA: pemFile.optional(),
  REDIS_SHARDS: integer(1, MAX_SHARDS, 1),
  REDIS_KEY_PREFIX: z.string().default(''),
  HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  HTTP_PORT: integer(0, 65_535, 8080),
  HTTP_INTERNAL: z.string().default('public').pipe(internalHttp),
  RULES: z.string().default('{}').pipe(json(rulesSchema)),
  CLOCK: z
    .string()
    .default('system')
    .transform(parseClock)
    .pipe(z.custom<ClockSettings>((clock) => clock !== undefined, { error: `expected ${SETTINGS.CLOCK}` })),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  COMMIT_INTERVAL_MS: integer(50, 60_000, 500),
  FETCH_MAX_WAIT_MS: integer(1, 60_000, 100),
  FETCH_MIN_BYTES: integer(1, 100_000_000, 1),
  FETCH_MAX_BYTES_PER_PARTITION: integer(1024, 100_000_000, 4_194_304),
  PARTITIONS_CONCURRENTLY: integer(1, 1000, 12),
  SESSION_TIMEOUT_MS: integer(6000, 3_600_000, 30_000),
  METADATA_MAX_AGE_MS: integer(100, 3_600_000, 30_000),
  LATENCY_BOUNDARIES_MS: z
    .string()
    .regex(/^(?:\d{1,15}(?:,\d{1,15})*)?$/, { error: 'expected numbers, separated by commas' })
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',').map(Number))),
  EXIT_WITH_PARENT: z.enum(['0', '1']).default('0'),
} satisfies Record<keyof typeof SETTINGS, z.ZodType>);

// The slot of a Cluster's key is that of the first text in braces.
const consistent = schema.refine(
  ({ REDIS_URL, REDIS_KEY_PREFIX }) => !isCluster(REDIS_URL) || !/[{}]/.test(REDIS_KEY_PREFIX),
  { path: ['REDIS_KEY_PREFIX'], error: 'expected no braces, as REDIS_URL is of a Redis Cluster' },
);

/**
 * @param args flags; they win over the environment
 * @param settings names that may be flags
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
  settings: readonly string[] = Object.keys(SETTINGS),
): ConfigResult {
  const flags = readFlags(args, settings);
  if (flags.isHelp) return { kind: 'help' };
  const parsed = consistent.safeParse({ ...environment, ...flags.given });
  if (!parsed.success || flags.problems.length > 0) {
    const issues = parsed.error?.issues ?? [];
    return { kind: 'problems', problems: [...flags.problems, ...issues.map((issue) => problemOf(issue, flags.given))] };
  }
  const found = parsed.data;
  const config = {
    brokers: found.KAFKA_BROKERS,
    groupId: found.KAFKA_GROUP_ID,
    topicPrefix: found.KAFKA_TOPIC_PREFIX,
    createTopics: found.KAFKA_CREATE_TOPICS,
    security: found.KAFKA_SECURITY,
    redisUrl: found.REDIS_URL,
    redisTlsCa: found.REDIS_TLS_CA,
    shards: found.REDIS_SHARDS,
    keyPrefix: found.REDIS_KEY_PREFIX,
    http: { host: found.HTTP_HOST, port: found.HTTP_PORT, internal: found.HTTP_INTERNAL },
    rules: found.RULES,
    clock: found.CLOCK,
    logLevel: found.LOG_LEVEL,
    commitIntervalMs: found.COMMIT_INTERVAL_MS,
    fetch: {
      maxWaitMs: found.FETCH_MAX_WAIT_MS,
      minBytes: found.FETCH_MIN_BYTES,
      maxBytesPerPartition: found.FETCH_MAX_BYTES_PER_PARTITION,
    },
    partitionsConcurrently: found.PARTITIONS_CONCURRENTLY,
    sessionTimeoutMs: found.SESSION_TIMEOUT_MS,
    metadataMaxAgeMs: found.METADATA_MAX_AGE_MS,
    latencyBoundariesMs: found.LATENCY_BOUNDARIES_MS,
    exitsWithParent: found.EXIT_WITH_PARENT === '1',
  };
  return { kind: 'config', config };
}

function problemOf({ path: [setting, ...inside], message }: z.core.$ZodIssue, given: Flags['given']): string {
  const name = String(setting);
  return `${[name in given ? flagOf(name) : name, ...inside].join('.')}: ${message}`;
}

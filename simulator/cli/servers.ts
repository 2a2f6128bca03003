// simulator/cli/servers.ts — The Kafka and Redis that flags or the environment name.
import { type KafkaConnection, kafkaSecuritySchema, type RedisConnection } from '../../contract/connection.js';
import { problemOfSecurity } from '../../contract/kafkajs/security.js';
import { problemOfRedisUrl } from '../../contract/redis-client.js';
import { UsageError } from '../errors.js';
import type { InfraOptions } from '../infra/infra.js';

export interface ServerArguments {
  readonly brokers?: string | undefined;
  readonly redis?: string | undefined;
  readonly kafkaSecurity?: string | undefined;
  readonly breakContainers?: boolean | undefined;
}

const MAX_PORT = 65_535;

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags win over the environment. @throws UsageError */
export function serversFrom(
  args: ServerArguments,
  environment: Environment,
): Pick<InfraOptions, 'kafka' | 'redis' | 'breakContainers'> {
  const brokers = args.brokers ?? environment.SIM_BROKERS;
  const url = args.redis ?? environment.SIM_REDIS;
  const security = args.kafkaSecurity ?? environment.SIM_KAFKA_SECURITY;
  if (args.breakContainers && (brokers || url))
    throw new UsageError(
      '--break-containers: breaks those of docker-compose.yml; leave out --brokers, --redis, SIM_BROKERS and SIM_REDIS',
    );
  if (args.kafkaSecurity && !brokers)
    throw new UsageError('--kafka-security: is for the Kafka that --brokers names; give that, too');
  return {
    ...(args.breakContainers ? { breakContainers: true } : {}),
    ...(brokers ? { kafka: kafkaFrom(brokers, security) } : {}),
    ...(url ? { redis: redisFrom(url) } : {}),
  };
}

function kafkaFrom(brokers: string, security: string | undefined): KafkaConnection {
  const list = brokers.split(',').map((broker) => broker.trim());
  const bad = list.find((broker) => !isBroker(broker));
  if (bad !== undefined) throw new UsageError(`--brokers: expected host:port,host:port, found "${bad}"`);
  if (!security) return { brokers: list };
  let content: unknown;
  try {
    content = JSON.parse(security);
  } catch {
    throw new UsageError('--kafka-security: expected JSON such as {"ssl":true}');
  }
  const parsed = kafkaSecuritySchema.safeParse(content);
  if (!parsed.success)
    throw new UsageError(
      `--kafka-security: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  const problem = problemOfSecurity(parsed.data);
  if (problem !== undefined) throw new UsageError(`--kafka-security: ${problem}`);
  return { brokers: list, security: parsed.data };
}

function isBroker(text: string): boolean {
  const port = Number(/^(?:[^\s:]+|\[[^\]]+\]):(\d{1,5})$/.exec(text)?.[1]);
  return port > 0 && port <= MAX_PORT;
}

function redisFrom(url: string): RedisConnection {
  const problem = problemOfRedisUrl(url);
  if (problem !== undefined) throw new UsageError(`--redis: ${problem}`);
  return { url };
}

// simulator/cli/servers.ts — The Kafka and Redis that flags or the environment name.
import { isIPv6 } from 'node:net';
import { type KafkaConnection, kafkaSecuritySchema, type RedisConnection } from '../../contract/connection.js';
import { problemOfSecurity } from '../../contract/kafkajs/security.js';
import { problemOfRedisUrl } from '../../contract/redis-client.js';
import { UsageError } from '../errors.js';
import type { InfraOptions } from '../infra/infra.js';
import { problemsOf } from '../scenario/problems.js';

export interface ServerArguments {
  readonly brokers?: string | undefined;
  readonly redis?: string | undefined;
  readonly kafkaSecurity?: string | undefined;
  readonly breakContainers?: boolean | undefined;
}

const MAX_PORT = 65_535;
const BROKERS = ['--brokers', 'SIM_BROKERS'] as const;
const REDIS = ['--redis', 'SIM_REDIS'] as const;
const SECURITY = ['--kafka-security', 'SIM_KAFKA_SECURITY'] as const;

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
  const from = (option: keyof ServerArguments, [flag, variable]: readonly [string, string]) =>
    args[option] === undefined ? variable : flag;
  if (args.kafkaSecurity && !brokers)
    throw new UsageError('--kafka-security: is for the Kafka that --brokers names; give that, too');
  return {
    ...(args.breakContainers ? { breakContainers: true } : {}),
    ...(brokers
      ? {
          kafka: kafkaFrom({
            brokers,
            security,
            brokersFrom: from('brokers', BROKERS),
            securityFrom: from('kafkaSecurity', SECURITY),
          }),
        }
      : {}),
    ...(url ? { redis: redisFrom(url, from('redis', REDIS)) } : {}),
  };
}

/** What is wrong names the option or the variable that holds it. */
interface GivenKafka {
  readonly brokers: string;
  readonly security: string | undefined;
  readonly brokersFrom: string;
  readonly securityFrom: string;
}

function kafkaFrom({ brokers, security, brokersFrom, securityFrom }: GivenKafka): KafkaConnection {
  const list = brokers.split(',').map((broker) => broker.trim());
  const bad = list.find((broker) => !isBroker(broker));
  if (bad !== undefined) throw new UsageError(`${brokersFrom}: expected host:port,host:port, found "${bad}"`);
  if (!security) return { brokers: list };
  let content: unknown;
  try {
    content = JSON.parse(security);
  } catch {
    throw new UsageError(`${securityFrom}: expected JSON such as {"ssl":true}`);
  }
  const parsed = kafkaSecuritySchema.safeParse(content);
  if (!parsed.success)
    throw new UsageError(`${securityFrom}: is not as kafkajs takes it`, {
      problems: problemsOf(kafkaSecuritySchema, content, parsed.error.issues),
      hint: 'for example {"ssl":true,"sasl":{"mechanism":"plain","username":"u","password":"p"}}',
    });
  const problem = problemOfSecurity(parsed.data);
  if (problem !== undefined) throw new UsageError(`${securityFrom}: ${problem}`);
  return { brokers: list, security: parsed.data };
}

function isBroker(text: string): boolean {
  const [, host, address, port] = /^(?:([^\s:/@[\]]+)|\[([^\]]+)\]):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined && !isIPv6(address ?? '')) return false;
  return Number(port) > 0 && Number(port) <= MAX_PORT;
}

function redisFrom(url: string, from: string): RedisConnection {
  const problem = problemOfRedisUrl(url);
  if (problem !== undefined) throw new UsageError(`${from}: ${problem}`);
  return { url };
}

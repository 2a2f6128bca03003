// simulator/infra/answers.ts — Asks a Kafka and a Redis whether they answer, and says in words why they do not.
import type { KafkaConnection, RedisConnection } from '../../contract/connection.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { createRedisClient, placeOf, problemOfRedisUrl } from '../../contract/redis-client.js';
import { withDeadline } from '../../contract/waiting.js';
import { InfraError } from '../errors.js';

const TIMEOUT_MS = 3000;

export interface KafkaAnswer {
  /** The `node.id` of each broker that takes part. */
  readonly brokers: readonly number[];
  readonly hasController: boolean;
}

/** Rejects with the errors of kafkajs. */
export async function askKafka(connection: KafkaConnection): Promise<KafkaAnswer> {
  const admin = createKafka(connection, { clientId: 'sim', retries: 0, requestTimeoutMs: TIMEOUT_MS }).admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    return { brokers: brokers.map(({ nodeId }) => nodeId), hasController: controller !== null && controller >= 0 };
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** @throws InfraError */
export async function expectKafka(connection: KafkaConnection): Promise<KafkaAnswer> {
  try {
    return await askKafka(connection);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InfraError(`expected Kafka at ${connection.brokers.join(', ')} to answer, but: ${reason}`, {
      hint: kafkaHint(`${cause instanceof Error ? cause.name : ''} ${reason}`, connection),
      cause,
    });
  }
}

function kafkaHint(reason: string, { security }: KafkaConnection): string {
  if (/sasl|authenticat/i.test(reason))
    return 'check the user and the password in --kafka-security (SIM_KAFKA_SECURITY)';
  if (/certificate|self.signed|ssl|tls|EPROTO/i.test(reason)) {
    return 'check `ssl` in --kafka-security (SIM_KAFKA_SECURITY): caFile names the authority of the brokers’ certificates';
  }
  if (/closed connection|timeout|ECONNRESET/i.test(reason) && security === undefined) {
    return 'if these brokers want TLS or a password, say so with --kafka-security (SIM_KAFKA_SECURITY)';
  }
  if (/timed out|timeout/i.test(reason) && security?.ssl)
    return 'leave `ssl` out of --kafka-security (SIM_KAFKA_SECURITY) if these brokers do not speak TLS there';
  return 'check the addresses, and that the brokers’ advertised.listeners can be reached from here';
}

export interface RedisAnswer {
  readonly version: string | undefined;
  readonly isReplica: boolean;
  /** `host:port` of its primary. */
  readonly primary: string | undefined;
  /** True for a replica that has everything of its primary and is connected to it. */
  readonly isInSync: boolean;
}

/** Only asks; never writes. @throws InfraError, also when it is a replica. */
export async function expectRedis(connection: RedisConnection): Promise<RedisAnswer> {
  const answer = await askRedis(connection);
  if (answer.isReplica) {
    throw new InfraError(`expected Redis at ${placeOf(connection.url)} to take writes, found a read-only replica`, {
      hint: `give the address of its primary${answer.primary === undefined ? '' : ` (${answer.primary})`}`,
    });
  }
  return answer;
}

/** Only asks; never writes. @throws InfraError */
export async function askRedis({ url }: RedisConnection): Promise<RedisAnswer> {
  const problem = problemOfRedisUrl(url);
  if (problem !== undefined) {
    throw new InfraError(`the address of Redis: ${problem}`, { hint: 'for example --redis redis://127.0.0.1:6379/0' });
  }
  const place = placeOf(url);
  const redis = createRedisClient(url, {
    redis: { connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS, maxRetriesPerRequest: 0 },
    single: { lazyConnect: true, retryStrategy: null },
    cluster: { lazyConnect: true, clusterRetryStrategy: null },
  });
  let failure: Error | undefined;
  const failed = (error: Error) => {
    failure = error;
  };
  redis.on('error', (error: Error) => failed(failure ?? error));
  // Each node of a Cluster says itself what is wrong.
  redis.on('node error', failed);
  try {
    // For a Cluster that is not whole, the client would give no reason at all.
    await withDeadline(redis.connect(), TIMEOUT_MS, () => new Error(`not ready within ${TIMEOUT_MS / 1000} s`));
    await redis.ping();
    const info = await redis.info().catch(() => '');
    if (!redis.isCluster && /^cluster_enabled:1/m.test(info)) {
      throw new InfraError(`expected one Redis at ${place}, found a node of a Redis Cluster`, {
        hint: 'give several of its addresses: redis://host:port,host:port',
      });
    }
    return {
      // Valkey also names the version of Redis that it is compatible with.
      version: (/^valkey_version:(\S+)/m.exec(info) ?? /^redis_version:(\S+)/m.exec(info))?.[1],
      isReplica: /^role:slave/m.test(info),
      primary: primaryIn(info),
      isInSync: /^master_link_status:up/m.test(info),
    };
  } catch (error) {
    if (error instanceof InfraError) throw error;
    throw redisError(url, failure ?? error);
  } finally {
    redis.disconnect();
  }
}

function redisError(url: string, cause: unknown): InfraError {
  const place = placeOf(url);
  const reason = cause instanceof Error ? cause.message : String(cause);
  const hint = redisHint(reason, url, (cause as NodeJS.ErrnoException | undefined)?.code);
  if (hint === REDIS_LOGIN) return new InfraError(`Redis at ${place} refused the login: ${reason}`, { hint, cause });
  return new InfraError(`expected Redis at ${place} to answer, but: ${reason}`, { hint, cause });
}

const REDIS_LOGIN = 'give user and password in the address: redis://user:password@host:port/database';

function redisHint(reason: string, url: string, code = ''): string {
  if (/NOAUTH|WRONGPASS|NOPERM|invalid username-password|AUTH/i.test(reason)) return REDIS_LOGIN;
  if (/DB index/i.test(reason))
    return 'name a database that it has, such as redis://host:port/0; `databases` in its configuration says how many it has (16 by default)';
  if (/unknown command '?`?info/i.test(reason))
    return 'allow INFO: its configuration renames or forbids it (rename-command), and no client can see without it whether it is loading, or a replica';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'name the server as its certificate does';
  if (CERTIFICATE.test(code))
    return 'name the authority of its certificate to sim and its consumer by NODE_EXTRA_CA_CERTS=/path/to/ca.pem (REDIS_TLS_CA is for the service alone)';
  // A server listens there, and does not answer as one with TLS does.
  if (url.startsWith('rediss:') && !AWAY.has(code))
    return 'check the address: redis:// (with one s) where the server has no TLS';
  return 'check the address (rediss:// for TLS), and that the server runs: redis-cli -u <address> ping';
}

/** No server listens there. */
const AWAY: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);
/** As OpenSSL names what is wrong with a certificate. */
const CERTIFICATE = /CERT|UNABLE_TO_(?:GET|VERIFY)/;

function primaryIn(info: string): string | undefined {
  const host = /^master_host:(\S+)/m.exec(info)?.[1];
  const port = /^master_port:(\S+)/m.exec(info)?.[1];
  return host === undefined ? undefined : `${host}:${port}`;
}

// test/support/real.ts — Says whether a real Kafka and a real Redis can be started here for the end-to-end tests.

import { areKafkaJarsCached, wantedKafkaVersion } from '../../simulator/infra/kafka/kafka-jars.js';
import { findProgram } from '../../simulator/infra/machine/programs.js';
import { canInstallRedis } from '../../simulator/infra/redis/install-redis.js';
import { REDIS_PROGRAMS } from '../../simulator/infra/redis/local-redis.js';

/** What is missing, and what would help; undefined when nothing is. It looks, and starts and fetches nothing. */
export async function realServersMissing(): Promise<string | undefined> {
  const missing = [await kafkaMissing(), redisMissing()].filter((reason) => reason !== undefined);
  return missing.length === 0 ? undefined : missing.join('; ');
}

/** Tests break their servers, so they start their own: those at addresses, or in containers, are of no use to them. */
async function kafkaMissing(): Promise<string | undefined> {
  if (!process.env.JAVA_HOME && findProgram('java') === undefined) return 'no Kafka: no java on PATH to run one';
  if (process.env.KAFKA_HOME || findProgram('mvn') !== undefined) return undefined;
  return (await areKafkaJarsCached(wantedKafkaVersion())) ? undefined : 'no Kafka: no mvn on PATH to fetch one';
}

function redisMissing(): string | undefined {
  if (findProgram(...REDIS_PROGRAMS) !== undefined || canInstallRedis()) return undefined;
  return 'no Redis: no redis-server on PATH, and only root with apt-get can install one here';
}

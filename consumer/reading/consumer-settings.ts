// consumer/reading/consumer-settings.ts — The settings of kafkajs for being a member of the group, and for fetching.
import type { ConsumerConfig } from 'kafkajs';
import type { Config } from '../settings/config.js';

/**
 * About half a minute at the client's back-off, as long as a cluster takes to give a dead broker's partitions to others. After this many
 * failures kafkajs starts anew as another member, and the group waits for the former one until its session is over.
 */
const RETRIES = 20;

/**
 * kafkajs asks again who leads a partition when a request fails. A wrong answer, from a broker that has just come back or
 * when two answers crossed, can make it fetch from a broker that leads nothing, without a failure: for 5 minutes by default.
 */
export function consumerSettings(config: Config): ConsumerConfig {
  const { fetch, sessionTimeoutMs, metadataMaxAgeMs } = config;
  return {
    groupId: config.groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: Math.max(60_000, sessionTimeoutMs),
    heartbeatInterval: Math.min(3000, Math.floor(sessionTimeoutMs / 3)),
    metadataMaxAge: metadataMaxAgeMs,
    maxWaitTimeInMs: fetch.maxWaitMs,
    minBytes: fetch.minBytes,
    maxBytesPerPartition: fetch.maxBytesPerPartition,
    maxBytes: Math.max(10_485_760, 4 * fetch.maxBytesPerPartition),
    retry: { retries: RETRIES },
  };
}

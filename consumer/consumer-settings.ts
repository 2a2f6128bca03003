// consumer/consumer-settings.ts — What kafkajs is told of how to be a member of the group, and how to fetch.
import type { ConsumerConfig } from 'kafkajs';
import type { Config } from './config.js';

export function consumerSettings(config: Config): ConsumerConfig {
  const { fetch, sessionTimeoutMs } = config;
  return {
    groupId: config.groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: Math.max(60_000, sessionTimeoutMs),
    heartbeatInterval: Math.min(3000, Math.floor(sessionTimeoutMs / 3)),
    maxWaitTimeInMs: fetch.maxWaitMs,
    minBytes: fetch.minBytes,
    maxBytesPerPartition: fetch.maxBytesPerPartition,
    maxBytes: Math.max(10_485_760, 4 * fetch.maxBytesPerPartition),
  };
}

// contract/kafkajs/client.ts — The one way in which both programs make a kafkajs client.
import { Kafka, logLevel } from 'kafkajs';
import type { KafkaConnection } from '../connection.js';
import { socketFactory, withoutColons } from './ipv6.js';
import { patchKafkajs } from './patches.js';
import { securityOf } from './security.js';

export interface KafkaClientOptions {
  readonly clientId: string;
  /** Receives kafkajs's own warnings and errors; without it they are dropped. */
  readonly warn?: (message: string, details: Readonly<Record<string, unknown>>) => void;
  readonly retries?: number;
  readonly requestTimeoutMs?: number;
}

export function createKafka(connection: KafkaConnection, options: KafkaClientOptions): Kafka {
  patchKafkajs();
  const { warn } = options;
  return new Kafka({
    clientId: options.clientId,
    brokers: connection.brokers.map(withoutColons),
    socketFactory: socketFactory(),
    ...securityOf(connection.security),
    connectionTimeout: 3000,
    requestTimeout: options.requestTimeoutMs ?? 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: options.retries ?? 8 },
    logLevel: warn ? logLevel.WARN : logLevel.NOTHING,
    logCreator: () => (entry) => warn?.(entry.log.message, { ...entry.log, message: undefined, timestamp: undefined }),
  });
}

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';

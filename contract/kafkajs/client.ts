// contract/kafkajs/client.ts — The one way in which both programs make a kafkajs client.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import type { KafkaConnection, KafkaSecurity } from '../connection.js';
import { socketFactory, withoutColons } from './ipv6.js';
import { patchKafkajs } from './patches.js';

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

function securityOf(security: KafkaSecurity | undefined) {
  const { ssl, sasl } = security ?? {};
  const file = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path, 'utf8'));
  return {
    ...(ssl === undefined
      ? {}
      : {
          ssl:
            typeof ssl === 'boolean'
              ? ssl
              : {
                  ...(ssl.caFile ? { ca: file(ssl.caFile) } : {}),
                  ...(ssl.certFile ? { cert: file(ssl.certFile) } : {}),
                  ...(ssl.keyFile ? { key: file(ssl.keyFile) } : {}),
                  rejectUnauthorized: ssl.rejectUnauthorized ?? true,
                },
        }),
    // A copy, as kafkajs puts a function into it, and the harness hands its own to threads.
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as SASLOptions }),
  };
}

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';

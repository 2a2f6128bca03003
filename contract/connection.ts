// contract/connection.ts — How to reach Kafka and Redis: what the harness found or was told, and hands to a consumer.
import { z } from 'zod';

/** Passed through to kafkajs (`ssl`, `sasl`). `caFile` and friends are paths of PEM files. */
export const kafkaSecuritySchema = z.strictObject({
  ssl: z
    .union([
      z.boolean(),
      z.strictObject({
        caFile: z.string().optional(),
        certFile: z.string().optional(),
        keyFile: z.string().optional(),
        rejectUnauthorized: z.boolean().optional(),
      }),
    ])
    .optional(),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string(),
      password: z.string(),
    })
    .optional(),
});
export type KafkaSecurity = z.infer<typeof kafkaSecuritySchema>;

export interface KafkaConnection {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly security?: KafkaSecurity;
}

export interface RedisConnection {
  /** `redis://` or `rediss://`, with user, password and database as ioredis reads them; several hosts are a Redis Cluster. */
  readonly url: string;
}

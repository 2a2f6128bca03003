// simulator/scenario/producer.ts — How the services send: clients, acknowledgements, batches.
import { z } from 'zod';
import { COMPRESSIONS } from '../../contract/compression.js';

export const producerSchema = z
  .strictObject({
    clients: z.int().min(1).max(16).default(1).describe('Producer threads, each with connections of its own.'),
    acks: z
      .union([z.literal(0), z.literal(1), z.literal('all')])
      .default('all')
      .describe('The answer that a send waits for: 0: none; 1: the leader’s; all: that of all replicas in sync.'),
    idempotent: z
      .boolean()
      .default(false)
      .describe('The broker drops what a retry repeats; needs acks "all". One request to a broker at a time.'),
    transactional: z
      .boolean()
      .default(false)
      .describe('Each batch is sent in a transaction of its own; needs acks "all" and at most 32 partitions. Slower.'),
    abortedShare: z
      .number()
      .min(0)
      .max(0.9)
      .default(0.1)
      .describe('With transactional: share of the transactions that are aborted, and made again.'),
    compression: z.enum(COMPRESSIONS).default('none').describe('Compression of record batches.'),
    lingerMs: z.int().min(0).max(10_000).default(10).describe('Longest wait for a batch to fill.'),
    batchRecords: z.int().min(1).max(1000).default(1000).describe('Maximum of records in one send.'),
    batchBytes: z
      .int()
      .min(1000)
      .max(900_000)
      .default(900_000)
      .describe('Maximum of bytes in one send, before compression.'),
    deliveryTimeoutMs: z
      .int()
      .min(1000)
      .max(3_600_000)
      .default(30_000)
      .describe('After this time a send ends as failed or unknown.'),
  })
  .prefault({})
  .describe('How the four services send.');

// simulator/infra/links/link-request.ts — Tells from its first bytes whether losing the reply to a request would matter.

/** The protocol of a link. */
export type Protocol = 'kafka' | 'redis';

const PRODUCE = 0;
const OFFSET_COMMIT = 8;
/** Size, then the number of the request's kind, then its version. */
const KAFKA_KIND_AT = 4;
const REDIS_COMMAND = /^\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/i;
const REDIS_HANDSHAKE = new Set(['HELLO', 'AUTH', 'CLIENT', 'SELECT', 'INFO', 'PING']);

/**
 * Kafka: produce and offset commit. Redis: any command except those that open a connection. Only the beginning of a
 * chunk is read, as kafkajs and ioredis write each request at once. A request that is missed keeps its reply.
 */
export function isLosable(protocol: Protocol, chunk: Buffer): boolean {
  if (protocol === 'kafka') {
    if (chunk.length < KAFKA_KIND_AT + 2) return false;
    const kind = chunk.readInt16BE(KAFKA_KIND_AT);
    return kind === PRODUCE || kind === OFFSET_COMMIT;
  }
  const command = REDIS_COMMAND.exec(chunk.toString('latin1', 0, 64))?.[1];
  return command !== undefined && !REDIS_HANDSHAKE.has(command.toUpperCase());
}

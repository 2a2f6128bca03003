// simulator/infra/server-errors.ts — What Kafka or Redis answered with -> the end of a command that a server causes, and no bug of sim.
import { ReplyError } from 'ioredis';
import { MaxRetriesPerRequestError } from 'ioredis/built/errors/index.js';
import kafkajs from 'kafkajs';
import { calledAs, InfraError } from '../errors.js';

/** With these kafkajs, or a broker, says that it was asked wrongly: a bug of the one who asks. */
const OWN_FAULTS: ReadonlySet<unknown> = new Set(['INVALID_REQUEST', 'UNKNOWN', 'CORRUPT_MESSAGE']);

/** The first words of what Redis answers where it will not, or cannot now; others tell of a wrong command. */
const REDIS_REFUSALS: ReadonlySet<string> = new Set(
  'BUSY CLUSTERDOWN LOADING MASTERDOWN MISCONF NOAUTH NOPERM NOREPLICAS OOM READONLY TRYAGAIN WRONGPASS'.split(' '),
);
/** ioredis gives it no class of its own. */
const CLOSED = 'Connection is closed.';

/** Any other error as it is. */
export function asServerError(error: unknown): unknown {
  const server = isOfKafka(error) ? 'Kafka' : isOfRedis(error) ? 'Redis' : undefined;
  if (server === undefined) return error;
  return new InfraError(`${server} refused, or was not there: ${error instanceof Error ? error.message : error}`, {
    hint: `see that it runs, and that its user may do this (docs/your-servers.md); \`${calledAs()} doctor\` asks the servers`,
    cause: error,
  });
}

function isOfKafka(error: unknown): boolean {
  if (error instanceof kafkajs.KafkaJSAggregateError) return error.errors.some(isOfKafka);
  if (!(error instanceof kafkajs.KafkaJSError)) return false;
  if (error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded)
    return error.cause === undefined || isOfKafka(error.cause);
  // The class itself: arguments that kafkajs does not take. Its children are failures of the network or the broker.
  if (error.constructor === kafkajs.KafkaJSNonRetriableError) return false;
  return !('type' in error && OWN_FAULTS.has(error.type));
}

function isOfRedis(error: unknown): boolean {
  if (error instanceof MaxRetriesPerRequestError) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof ReplyError) return REDIS_REFUSALS.has(error.message.split(' ', 1)[0] ?? '');
  return error.message === CLOSED;
}

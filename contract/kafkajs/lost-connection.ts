// contract/kafkajs/lost-connection.ts — Asks Kafka again: kafkajs gives some requests up with the first connection that breaks under them.
import assert from 'node:assert/strict';
import kafkajs from 'kafkajs';
import { type Time, until } from '../waiting.js';
import { isPermanent } from './failures.js';

/** A broker that has just come back learns of the topics within seconds, on a busy machine within many. */
const WITHIN_MS = 15_000;
const PAUSE_MS = 250;

/**
 * When Kafka cannot be reached at all, `connect` has the last word after its own retries.
 * @param ask may be repeated
 * @throws at once what asking again does not help, and what the last attempt threw
 */
export async function askedAgain<Answer>(
  ask: () => Promise<Answer>,
  { withinMs = WITHIN_MS, pauseMs = PAUSE_MS } = {},
): Promise<Answer> {
  const attempt = async (isLast: boolean) => {
    try {
      return { answer: await ask() };
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (isLast) throw unlessBug(error);
      return undefined;
    }
  };
  const found = await until(attempt, { withinMs, pollMs: pauseMs });
  assert(found, 'the last attempt throws');
  return found.answer;
}

/** What a service that starts waits for at most: as long as one that runs waits for a coordinator. */
const START_WITHIN_MS = 300_000;
const START_PAUSE_MS = 1000;

interface Starting extends Partial<Time> {
  /** Told each failure that is waited out. */
  readonly warn: (error: unknown) => void;
}

/**
 * For a start: Kafka may not be there yet.
 * @param ask may be repeated
 * @throws at once what asking again does not help, or what is no failure of Kafka; and what the last attempt threw
 */
export async function onceThere<Answer>(ask: () => Promise<Answer>, { warn, ...time }: Starting): Promise<Answer> {
  const attempt = async (isLast: boolean) => {
    try {
      return { answer: await ask() };
    } catch (error) {
      if (isLast || !(error instanceof kafkajs.KafkaJSError) || isPermanent(error)) throw error;
      warn(error);
      return undefined;
    }
  };
  const found = await until(attempt, { ...time, withinMs: START_WITHIN_MS, pollMs: START_PAUSE_MS });
  assert(found, 'the last attempt throws');
  return found.answer;
}

/**
 * kafkajs marks its errors so. A TypeError is its own: it comes upon a topic that the broker it asks does not know yet, as
 * after a restart of that broker, and would end a consumer for good.
 */
function isTransient(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return error instanceof Error && (error as { readonly retriable?: unknown }).retriable === true;
}

function unlessBug(error: unknown): unknown {
  return error instanceof TypeError ? new Error(error.message, { cause: error }) : error;
}

// simulator/cli/handlers/doctor.ts — `sim doctor`: what is there, what is missing, and the one command that gets it.
import { orAborted } from '../../../contract/waiting.js';
import { calledAs, InfraError, UsageError } from '../../errors.js';
import {
  type Check,
  checkDisk,
  checkDocker,
  checkJava,
  checkKafkaJars,
  checkMemory,
  checkNode,
  checkRedis,
  checkWritable,
} from '../../infra/machine-checks.js';
import { type Existing, findExisting } from '../../infra/provision.js';
import type { CommandContext } from '../command.js';
import { serversFrom } from '../servers.js';

const LIMIT_MS = 2500;
const MARKS = { ok: 'ok      ', note: 'note    ', missing: 'MISSING ' } as const;

/** Starts and changes nothing. True when `sim run` has what it needs. */
export async function doctor({ say, signal: interrupted }: CommandContext): Promise<boolean> {
  const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), interrupted]);
  const [existing, java, jars, redis, docker, ...rest] = await Promise.all([
    existingServers(signal),
    inTime('Java', signal, checkJava(signal)),
    inTime('Kafka', signal, checkKafkaJars()),
    inTime('Redis', signal, checkRedis(signal)),
    inTime('Docker', signal, checkDocker(signal)),
    checkWritable('reports', 'reports'),
    checkDisk(),
  ]);
  interrupted.throwIfAborted();
  const needed = {
    kafka: existing.kafka === undefined ? [java, jars] : [java, jars].map(optional),
    redis: existing.redis === undefined ? [redis] : [optional(redis)],
  };
  const checks = [checkNode(), ...needed.kafka, ...needed.redis, docker, ...rest, checkMemory(), ...existing.failures];
  for (const check of checks) {
    say(`${MARKS[check.state]}${check.text}`);
    if (check.state === 'missing') say(`        to do: ${check.heal}`);
  }
  const ready = checks.every(({ state }) => state !== 'missing');
  say(
    ready
      ? `\`${calledAs()} run\` uses  ${plan(existing)}`
      : `\`${calledAs()} run\` cannot work yet: something above is missing`,
  );
  return ready;
}

interface Servers extends Existing {
  readonly failures: readonly Check[];
}

async function existingServers(signal: AbortSignal): Promise<Servers> {
  try {
    const found = findExisting({ ...serversFrom({}, process.env), nodes: 1, say: () => undefined, signal });
    return { ...(await orAborted(found, signal)), failures: [] };
  } catch (error) {
    const isKnown = error instanceof InfraError || error instanceof UsageError;
    if (!isKnown && !signal.aborted) throw error;
    const text = isKnown ? error.message : 'the servers that were named do not answer in time';
    const heal = (error instanceof InfraError && error.hint) || 'check SIM_BROKERS and SIM_REDIS, or unset them';
    return { kafka: undefined, redis: undefined, failures: [{ state: 'missing', text, heal }] };
  }
}

/** A run with servers elsewhere does not need it. */
function optional(check: Check): Check {
  return check.state === 'missing' ? { state: 'note', text: `${check.text} (not needed now)` } : check;
}

async function inTime(name: string, signal: AbortSignal, check: Promise<Check>): Promise<Check> {
  try {
    return await orAborted(check, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { state: 'note', text: `${name}: no answer within ${LIMIT_MS / 1000} s` };
  }
}

function plan({ kafka, redis }: Existing): string {
  const place = (found: Existing['kafka'] | Existing['redis']) =>
    found === undefined ? 'one of its own, started for the run' : `${found.mode}, ${found.why}`;
  return `Kafka: ${place(kafka)}; Redis: ${place(redis)}`;
}

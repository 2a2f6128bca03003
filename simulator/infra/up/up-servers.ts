// simulator/infra/up/up-servers.ts — The servers that `sim up` keeps: finds them, starts them, ends them.
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { until } from '../../../contract/waiting.js';
import { calledAs, InfraError } from '../../errors.js';
import { expectKafka, expectRedis } from '../answers.js';
import type { InfraOptions, StartedInfra } from '../infra.js';
import { startLocalKafka } from '../kafka/local-kafka.js';
import { DIRECTORY_PREFIX, Owned } from '../processes/owned.js';
import { processIdentity } from '../processes/process-identity.js';
import { startLocalRedis } from '../redis/local-redis.js';
import { createUpState, readUpState, removeUpState, type UpState, upLogDirectory } from './up-state.js';

export interface UpFound {
  readonly kafka: StartedInfra['kafka'] | undefined;
  readonly redis: StartedInfra['redis'] | undefined;
}

const NOTHING: UpFound = { kafka: undefined, redis: undefined };
const WHY = `kept running by \`${calledAs()} up\``;
const STOP_TIMEOUT_MS = 2000;
const KILL_TIMEOUT_MS = 5000;
const POLL_MS = 20;

/** Servers that are up and answer. Says so when they do not, or have too few nodes. */
export async function findUp({ nodes, say }: Pick<InfraOptions, 'nodes' | 'say'>): Promise<UpFound> {
  const state = await readUpState();
  if (state === undefined) return NOTHING;
  try {
    expectAlive(state);
    const { version } = await expectRedis(state.redis);
    const redis: UpFound['redis'] = {
      mode: 'up',
      why: WHY,
      connection: state.redis,
      direct: state.redis,
      ...(version === undefined ? {} : { version }),
    };
    await expectKafka(state.kafka);
    const { brokers, version: kafkaVersion } = state.kafka;
    if (state.nodes < nodes) say(`Kafka: \`${calledAs()} up\` keeps ${state.nodes} broker(s), but ${nodes} are wanted`);
    return {
      redis,
      kafka:
        state.nodes < nodes
          ? undefined
          : {
              mode: 'up',
              why: WHY,
              connection: { brokers },
              direct: { brokers },
              ...(kafkaVersion === undefined ? {} : { version: kafkaVersion }),
            },
    };
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    say(
      `what \`${calledAs()} up\` started does not answer any more and is not used (${error.message}); \`${calledAs()} down\` clears it away`,
    );
    return NOTHING;
  }
}

export interface UpOptions {
  readonly nodes: 1 | 3;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Starts servers that outlive this process. Undefined when another `sim up` was faster. @throws InfraError */
export async function startUp({ nodes, say, signal }: UpOptions): Promise<UpState | undefined> {
  const owned = await Owned.start(upLogDirectory());
  try {
    const redis = await startLocalRedis({ nodes, say, signal, owned });
    const kafka = await startLocalKafka({ nodes, say, signal, owned });
    signal.throwIfAborted();
    owned.died.throwIfAborted();
    const { pids, directories } = owned.kept();
    const state: UpState = {
      version: 1,
      startedAt: new Date().toISOString(),
      nodes,
      kafka: { brokers: [...kafka.connection.brokers], ...versionOf(kafka) },
      redis: { url: redis.connection.url, ...versionOf(redis) },
      processes: pids.map((pid) => ({ pid, identity: processIdentity(pid) ?? '' })),
      directories: [...directories],
    };
    if (!(await createUpState(state))) return undefined;
    owned.release();
    return state;
  } finally {
    await owned[Symbol.asyncDispose]();
  }
}

/** Ends exactly the processes of the state, and removes its directories and the state. Says how many still ran. */
export async function endUp(state: UpState): Promise<number> {
  const running = state.processes.filter(isRunning);
  for (const { pid } of running) signalGroup(pid, 'SIGTERM');
  await untilEnded(running, STOP_TIMEOUT_MS);
  for (const { pid } of running.filter(isRunning)) signalGroup(pid, 'SIGKILL');
  await untilEnded(running, KILL_TIMEOUT_MS);
  // Only what looks like ours, as the file may have been edited.
  const directories = state.directories.filter((directory) => basename(directory).startsWith(DIRECTORY_PREFIX));
  for (const directory of [...directories, upLogDirectory()])
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  await removeUpState();
  return running.length;
}

function expectAlive({ processes }: UpState): void {
  const dead = processes.filter((one) => !isRunning(one));
  if (dead.length > 0) throw new InfraError(`${dead.length} of ${processes.length} processes have ended`);
}

function isRunning({ pid, identity }: UpState['processes'][number]): boolean {
  return processIdentity(pid) === identity;
}

async function untilEnded(processes: UpState['processes'], timeoutMs: number): Promise<void> {
  await until(() => !processes.some(isRunning), { withinMs: timeoutMs, pollMs: POLL_MS });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended just now.
  }
}

function versionOf({ version }: { readonly version?: string }): { version?: string } {
  return version === undefined ? {} : { version };
}

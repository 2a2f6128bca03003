// simulator/infra/redis/local-redis.ts — A real Redis (or Valkey) on this machine, in memory, for this run alone.
import assert from 'node:assert/strict';
import { until } from '../../../contract/waiting.js';
import { InfraError } from '../../errors.js';
import { askRedis, type RedisAnswer } from '../answers.js';
import type { BreakableRedis, Link, Persistence } from '../breakable.js';
import type { StartedInfra } from '../infra.js';
import type { LocalOptions } from '../kafka/local-kafka.js';
import { SERVER_ENVIRONMENT } from '../machine/environment.js';
import { findProgram } from '../machine/programs.js';
import { freePorts, isPortTaken } from '../processes/free-ports.js';
import { lastLinesOf } from '../processes/log-tail.js';
import { RestartableRedis } from '../processes/restartable-server.js';
import type { ServerProcess } from '../processes/server-process.js';
import { installRedis } from './install-redis.js';

export const REDIS_PROGRAMS = ['redis-server', 'valkey-server'] as const;

const START_TRIES = 3;
/** On a busy machine; otherwise it takes some milliseconds. */
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 5;

const PERSISTENCE: Readonly<Record<Persistence, readonly string[]>> = {
  none: ['--save', '', '--appendonly', 'no'],
  // A snapshot after 1 second with 1 change.
  rdb: ['--save', '1 1', '--appendonly', 'no'],
  aof: ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
};

export interface LocalRedis extends Omit<StartedInfra['redis'], 'mode' | 'why'> {
  readonly server: BreakableRedis;
  readonly replica?: BreakableRedis;
  readonly link?: Link;
}

/** @throws InfraError */
export async function startLocalRedis(options: LocalOptions): Promise<LocalRedis> {
  const { breakable, owned } = options;
  const command = findProgram(...REDIS_PROGRAMS) ?? (await installRedis(options));
  const { server, version } = await startOne({ name: 'Redis', command }, options);
  const { address } = server;
  const replica = breakable?.redis.replica
    ? (await startOne({ name: 'Redis replica', command, primary: address }, options)).server
    : undefined;
  const link = breakable?.links
    ? await owned.startLink({ name: 'link to Redis', target: address, protocol: 'redis' })
    : undefined;
  const direct = { url: urlOf(address) };
  const connection = link === undefined ? direct : { url: urlOf(link.address) };
  return {
    connection,
    direct,
    ...(version === undefined ? {} : { version }),
    server,
    ...(replica === undefined ? {} : { replica }),
    ...(link === undefined ? {} : { link }),
  };
}

interface RedisStart {
  readonly name: string;
  readonly command: string;
  /** `host:port` of its primary. */
  readonly primary?: string;
}

async function startOne(
  start: RedisStart,
  options: LocalOptions,
): Promise<{ readonly server: BreakableRedis; readonly version: string | undefined }> {
  const { owned, signal } = options;
  for (let tries = 1; ; tries += 1) {
    const [port = 0] = await freePorts(1);
    const address = `127.0.0.1:${port}`;
    const server = await launch(start, port, options);
    const answered = (again: ServerProcess) => redisAnswered(again, { address, signal });
    try {
      const inSync = start.primary !== undefined;
      const answer = await redisAnswered(server, { address, signal, inSync });
      return { server: new RestartableRedis({ server, address, owned, answered }), version: answer.version };
    } catch (error) {
      const lostPort = isPortTaken(lastLinesOf(server.spec.logFile));
      await owned.stop([server], 0);
      if (!lostPort || tries === START_TRIES) throw error;
    }
  }
}

async function launch(
  { name, command, primary }: RedisStart,
  port: number,
  { owned, breakable }: LocalOptions,
): Promise<ServerProcess> {
  const { persistence = 'none', maxmemory } = breakable?.redis ?? {};
  const fileName = name.toLowerCase().replace(' ', '-');
  const directory = await owned.createDirectory(fileName);
  return owned.startServer({
    name,
    command,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--daemonize', 'no', '--dir', directory],
      ...PERSISTENCE[persistence],
      // A replica begins at once, and keeps no file of the data it was sent unless it must save.
      ...['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0', '--rdb-del-sync-files', 'yes'],
      ...(maxmemory === undefined ? [] : ['--maxmemory', maxmemory, '--maxmemory-policy', 'noeviction']),
      ...(primary === undefined ? [] : ['--replicaof', primary.replace(':', ' ')]),
    ],
    directory,
    env: SERVER_ENVIRONMENT,
    log: `${fileName}.log`,
  });
}

interface AnswerExpected {
  readonly address: string;
  /** Whether it must also have everything of its primary, which must then run. */
  readonly inSync?: boolean;
  readonly signal: AbortSignal;
}

async function redisAnswered(server: ServerProcess, expected: AnswerExpected): Promise<RedisAnswer> {
  const { name, logFile } = server.spec;
  const attempt = async (isLast: boolean) => {
    server.expectRunning();
    const answer = await askRedis({ url: urlOf(expected.address) }).catch((cause: unknown) => ({ cause }));
    if (!('cause' in answer) && (answer.isInSync || !expected.inSync)) return answer;
    if (!isLast) return undefined;
    const wanted = expected.inSync ? 'have all of its primary' : 'answer';
    throw new InfraError(
      `expected ${name} to ${wanted} within ${START_TIMEOUT_MS / 1000} s; its log ends with:\n${lastLinesOf(logFile)}`,
      'cause' in answer ? { cause: answer.cause } : {},
    );
  };
  const { signal } = expected;
  const found = await until(attempt, { withinMs: START_TIMEOUT_MS, pollMs: POLL_MS, signal });
  assert(found, 'the last attempt throws');
  return found;
}

function urlOf(address: string): string {
  return `redis://${address}/0`;
}

// simulator/infra/local-redis.ts — A real Redis (or Valkey) on this machine, in memory, for this run alone.
import { setTimeout as sleep } from 'node:timers/promises';
import { expectRedis } from './answers.js';
import { freePorts, isPortTaken } from './free-ports.js';
import { InfraError, type StartedInfra } from './infra.js';
import { installRedis } from './install-redis.js';
import type { LocalOptions } from './local-kafka.js';
import { lastLinesOf } from './log-tail.js';
import { findProgram } from './programs.js';
import type { ServerProcess } from './server-process.js';

export const REDIS_PROGRAMS = ['redis-server', 'valkey-server'] as const;

const START_TRIES = 3;
const START_TIMEOUT_MS = 10_000;
const POLL_MS = 5;

/** @throws InfraError */
export async function startLocalRedis(options: LocalOptions): Promise<Omit<StartedInfra['redis'], 'mode' | 'why'>> {
  const command = findProgram(...REDIS_PROGRAMS) ?? (await installRedis(options));
  for (let tries = 1; ; tries += 1) {
    const [port = 0] = await freePorts(1);
    const url = `redis://127.0.0.1:${port}/0`;
    const server = await launch(command, port, options);
    try {
      const version = await answered(url, server, options.signal);
      options.owned.watchFor(server);
      return { connection: { url }, direct: { url }, ...(version === undefined ? {} : { version }) };
    } catch (error) {
      const lostPort = isPortTaken(lastLinesOf(server.logFile));
      await options.owned.stop([server], 0);
      if (!lostPort || tries === START_TRIES) throw error;
    }
  }
}

async function launch(command: string, port: number, { owned }: LocalOptions): Promise<ServerProcess> {
  const directory = await owned.createDirectory('redis');
  return owned.startServer({
    name: 'Redis',
    command,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--daemonize', 'no'],
      ...['--save', '', '--appendonly', 'no', '--dir', directory],
    ],
    directory,
    log: 'redis.log',
  });
}

async function answered(url: string, server: ServerProcess, signal: AbortSignal): Promise<string | undefined> {
  const giveUpAtMs = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    signal.throwIfAborted();
    server.died.throwIfAborted();
    try {
      return (await expectRedis({ url })).version;
    } catch (cause) {
      if (performance.now() > giveUpAtMs) {
        throw new InfraError(
          `expected Redis to answer within ${START_TIMEOUT_MS / 1000} s; its log ends with:\n${lastLinesOf(server.logFile)}`,
          { cause },
        );
      }
    }
    await sleep(POLL_MS);
  }
}

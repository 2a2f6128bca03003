// simulator/infra/redis-local.ts — A Redis of this run, which keeps nothing on disk.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisConnection } from '../../contract/connection.js';
import { Cleanup } from './cleanup.js';
import { withFreePorts } from './free-ports.js';
import type { Guardian } from './guardian.js';
import { type RedisFacts, reachRedis } from './reach-redis.js';
import { removeDirectory } from './remove-directory.js';
import { type ServerProcess, startServer, untilReady } from './server-process.js';

const START_LIMIT_MS = 15_000;
const GRACE_MS = 3000;

export interface LocalServers extends AsyncDisposable {
  readonly version: string | undefined;
  readonly processes: readonly ServerProcess[];
  /** Where the data is; removed on disposal. */
  readonly directory: string;
}

export interface LocalRedis extends LocalServers {
  readonly connection: RedisConnection;
}

export interface LocalRedisOptions {
  readonly program: string;
  readonly logDir: string;
  readonly guardian: Guardian;
  readonly signal: AbortSignal;
}

/** @throws InfraError */
export async function startRedis(options: LocalRedisOptions): Promise<LocalRedis> {
  return withFreePorts(1, ([port]) => startAt(Number(port), options));
}

async function startAt(port: number, options: LocalRedisOptions): Promise<LocalRedis> {
  const { guardian, signal } = options;
  await using undo = new Cleanup();
  const directory = mkdtempSync(join(tmpdir(), 'sim-redis-'));
  guardian.watchDirectory(directory);
  undo.defer(() => removeDirectory(directory, guardian));

  const logFile = join(options.logDir, 'redis.log');
  const server = undo.use(
    await startServer({
      ...{ name: 'Redis', command: options.program, cwd: directory, logFile, guardian, graceMs: GRACE_MS },
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory],
    }),
  );
  const connection = { url: `redis://127.0.0.1:${port}` };
  let facts: RedisFacts = { version: undefined };
  const asks = async () => {
    facts = await reachRedis(connection);
    return true;
  };
  await untilReady(server, () => asks().catch(() => false), { signal, limitMs: START_LIMIT_MS });

  const owned = undo.move();
  return {
    ...facts,
    connection,
    processes: [server],
    directory,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

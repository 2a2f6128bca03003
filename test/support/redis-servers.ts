// test/support/redis-servers.ts — Redis servers other than the plain one: of a Cluster, with a password, with TLS.
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { SERVER_ENVIRONMENT } from '../../simulator/infra/machine/environment.js';
import { findProgram } from '../../simulator/infra/machine/programs.js';
import { freePorts } from '../../simulator/infra/processes/free-ports.js';
import type { Owned } from '../../simulator/infra/processes/owned.js';
import { installRedis } from '../../simulator/infra/redis/install-redis.js';
import { REDIS_PROGRAMS } from '../../simulator/infra/redis/local-redis.js';

const MASTERS = 3;
const SLOTS = 16_384;
const WAIT_MS = 20_000;
const POLL_MS = 20;

/** Not yet ready to be asked. Ends with `owned`. */
export async function startRedisServer(owned: Owned, settings: readonly string[]): Promise<void> {
  const signal = new AbortController().signal;
  const command = findProgram(...REDIS_PROGRAMS) ?? (await installRedis({ say: () => undefined, signal }));
  const directory = await owned.createDirectory('redis');
  owned.startServer({
    name: 'Redis',
    command,
    args: [...settings, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory],
    directory,
    env: SERVER_ENVIRONMENT,
    log: 'redis.log',
  });
}

/** Three masters with a password, each with a third of the slots. @returns its address */
export async function startRedisCluster(owned: Owned, password: string): Promise<string> {
  const ports = await freePorts(2 * MASTERS);
  const nodes = Array.from({ length: MASTERS }, (_, i) => ({ port: ports[i] ?? 0, bus: ports[MASTERS + i] ?? 0 }));
  for (const { port, bus } of nodes) {
    await startRedisServer(owned, [
      ...['--port', String(port), '--cluster-port', String(bus), '--cluster-enabled', 'yes'],
      ...['--cluster-config-file', 'nodes.conf', '--requirepass', password, '--enable-debug-command', 'yes'],
    ]);
  }
  const clients = nodes.map(({ port }) => new Redis(port, '127.0.0.1', { password, maxRetriesPerRequest: null }));
  // Until the servers listen; the commands wait.
  for (const client of clients) client.on('error', () => undefined);
  try {
    for (const [i, client] of clients.entries()) {
      const [first, last] = [Math.ceil((i * SLOTS) / MASTERS), Math.ceil(((i + 1) * SLOTS) / MASTERS) - 1];
      await client.cluster('SET-CONFIG-EPOCH', i + 1);
      await client.call('CLUSTER', 'ADDSLOTSRANGE', first, last);
    }
    for (const { port, bus } of nodes) await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', port, bus);
    await Promise.all(clients.map(untilWhole));
  } finally {
    for (const client of clients) client.disconnect();
  }
  return `redis://:${password}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
}

async function untilWhole(node: Redis): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS;
  for (;;) {
    const info = await node.cluster('INFO');
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${MASTERS}`)) return;
    if (performance.now() > deadlineMs) throw new Error(`expected a whole Cluster, found:\n${info}`);
    await sleep(POLL_MS);
  }
}

/** Moves a slot and its keys, a few at a time, to another master; commands go on meanwhile. */
export async function moveSlot(slot: number, masters: readonly Redis[], pause: () => Promise<void>): Promise<void> {
  const counts = await Promise.all(masters.map((master) => master.cluster('COUNTKEYSINSLOT', slot)));
  const at = counts.findIndex((count) => Number(count) > 0);
  const [from, to] = [masters[at], masters[(at + 1) % masters.length]];
  if (!from || !to) throw new Error(`expected keys in slot ${slot}, found none`);
  const [fromId, toId] = await Promise.all([from, to].map((master) => master.cluster('MYID')));
  await to.cluster('SETSLOT', slot, 'IMPORTING', String(fromId));
  await from.cluster('SETSLOT', slot, 'MIGRATING', String(toId));
  const { host = '', port = 0, password = '' } = to.options;
  for (;;) {
    const keys = await from.cluster('GETKEYSINSLOT', slot, 3);
    if (keys.length === 0) break;
    await from.call('MIGRATE', host, port, '', 0, WAIT_MS, 'AUTH', password ?? '', 'KEYS', ...keys);
    await pause();
  }
  for (const master of [to, from]) await master.cluster('SETSLOT', slot, 'NODE', String(toId));
}

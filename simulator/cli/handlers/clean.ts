// simulator/cli/handlers/clean.ts — `sim clean`: finds what killed runs left in the servers, and removes it.
import { createKafka } from '../../../contract/kafkajs/client.js';
import { createRedisClient } from '../../../contract/redis-client.js';
import { EXIT } from '../../errors.js';
import { findExisting } from '../../infra/provision.js';
import { asServerError } from '../../infra/server-errors.js';
import { type CleanServers, findLeftovers, removeLeftover } from '../../run/clean.js';
import type { Leftover } from '../../run/leftovers.js';
import type { CommandContext } from '../command.js';
import { type ServerArguments, serversFrom } from '../servers.js';

export interface CleanArguments extends ServerArguments {
  readonly dryRun: boolean;
}

/** Starts no servers: it cleans those that are named, kept up or composed. @returns the exit code */
export async function clean(args: CleanArguments, { say, signal }: CommandContext): Promise<number> {
  const existing = await findExisting({ ...serversFrom(args, process.env), nodes: 1, say, signal });
  if (!existing.kafka && !existing.redis) {
    say('clean: no Kafka and no Redis run here, so nothing can be left; name yours by --brokers and --redis');
    return EXIT.pass;
  }
  const admin = existing.kafka && createKafka(existing.kafka.direct, { clientId: 'sim-clean' }).admin();
  const redis =
    existing.redis && createRedisClient(existing.redis.connection.url, { redis: { maxRetriesPerRequest: 3 } });
  // Each command reports its own failure; without a listener the connection's error would end the process.
  redis?.on('error', () => undefined);
  try {
    await admin?.connect();
    return await cleanServers({ admin, redis }, { ...args, say });
  } catch (error) {
    throw asServerError(error);
  } finally {
    redis?.disconnect();
    await admin?.disconnect().catch(() => undefined);
  }
}

async function cleanServers(
  servers: CleanServers,
  { dryRun, say }: { readonly dryRun: boolean; readonly say: CommandContext['say'] },
): Promise<number> {
  const all = await findLeftovers(servers, Date.now());
  if (all.length === 0) say('clean: nothing is left of any run');
  let isAllGone = true;
  for (const one of all) {
    if (one.mayGoOn) say(`clean: run ${one.runId} is left alone, as ${one.mayGoOn}: ${contentsOf(one)}`);
    else if (dryRun) say(`clean: run ${one.runId} would be removed: ${contentsOf(one)}`);
    else {
      const { left, reason } = await removeLeftover(servers, one);
      if (left.length > 0) isAllGone = false;
      say(`clean: run ${one.runId} is removed${left.length > 0 ? ' but for topics' : ''}: ${contentsOf(one)}`);
      if (left.length > 0) say(`clean: left behind: topics ${left.join(', ')}, as ${reason}`);
    }
  }
  return isAllGone ? EXIT.pass : EXIT.infrastructure;
}

function contentsOf({ topics, groups, keys }: Leftover): string {
  return `${topics.length} topics, ${groups.length} groups, ${keys} keys`;
}

// test/support/real.ts — Says whether a real Kafka and a real Redis can be had here for the end-to-end tests.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const REDIS_SERVERS = ['redis-server', 'valkey-server'];

/** What is missing, and what would help; undefined when nothing is. It looks, and starts and fetches nothing. */
export async function realServersMissing(): Promise<string | undefined> {
  const missing = [kafkaMissing(), redisMissing()].filter((reason) => reason !== undefined);
  return missing.length === 0 ? undefined : missing.join('; ');
}

function kafkaMissing(): string | undefined {
  if (process.env.SIM_BROKERS !== undefined || isOnPath('docker')) return undefined;
  if (!isOnPath('java')) return 'no Kafka: no java on PATH to run one, and SIM_BROKERS names none';
  if (isOnPath('mvn') || isCached(/^kafka_.*\.jar$/)) return undefined;
  return 'no Kafka: no mvn on PATH to fetch one, and SIM_BROKERS names none';
}

function redisMissing(): string | undefined {
  const cached = isCached(new RegExp(`^(?:${REDIS_SERVERS.join('|')})$`));
  const installed = REDIS_SERVERS.some(isOnPath) || cached || isOnPath('docker') || isOnPath('apt-get');
  if (process.env.SIM_REDIS !== undefined || installed) return undefined;
  return 'no Redis: no redis-server on PATH, no apt-get to fetch one, and SIM_REDIS names none';
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isCached(name: RegExp): boolean {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hot-article-sim');
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) =>
    name.test(path.split('/').at(-1) ?? ''),
  );
}

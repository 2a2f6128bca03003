// contract/redis-client.ts — From an address to a client: of one Redis, or, where it names several hosts, of a Redis Cluster.

import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { elementAt } from './assert.js';

export type RedisClient = Redis | Cluster;

export interface RedisClientOptions {
  /** Options of each connection. */
  readonly redis: Pick<
    RedisOptions,
    'maxRetriesPerRequest' | 'reconnectOnError' | 'socketTimeout' | 'connectTimeout' | 'commandTimeout' | 'tls'
  >;
  /** Besides, of a connection to one Redis. */
  readonly single?: Pick<RedisOptions, 'lazyConnect' | 'retryStrategy'>;
  /** Besides, of a Cluster's client. */
  readonly cluster?: ClusterOptions;
}

const ADDRESS = /^(rediss?:\/\/(?:[^\s/@]*@)?)([^\s/?@]+)((?:[/?]\S*)?)$/;
/** Host and port of a node. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Hosts and ports only: an address may hold a password. */
export function placeOf(url: string): string {
  return hostsOf(url).join(', ');
}

/** The connections that all keys can be found through. A Cluster's client knows only those that it has used of late. */
export async function mastersOf(redis: RedisClient): Promise<readonly Redis[]> {
  if (!(redis instanceof Cluster)) return [redis];
  await new Promise<void>((resolve, reject) => {
    redis.refreshSlotsCache((error) => (error ? reject(error) : resolve()));
  });
  return redis.nodes('master');
}

export function isCluster(url: string): boolean {
  return hostsOf(url).length > 1;
}

/** What is wrong with an address, without its password; undefined when nothing is. */
export function problemOfRedisUrl(url: string): string | undefined {
  const [, start = '', , rest = ''] = ADDRESS.exec(url) ?? [];
  const hosts = hostsOf(url);
  if (hosts.length === 0) return 'expected redis:// or rediss:// and a host';
  const login = problemOfLogin(start);
  if (login !== undefined) return login;
  const wrong = hosts.find((host) => !HOST.test(host) || !URL.canParse(`redis://${host}`));
  if (wrong !== undefined) return `expected host:port, separated by commas, found "${wrong}"`;
  if (hosts.length > 1 && !/^\/?0?(?:\?|$)/.test(rest)) return 'expected no database: a Redis Cluster has only 0';
  return problemOfDatabase(rest);
}

/** A password is part of an address, where some characters mean something else. */
function problemOfLogin(start: string): string | undefined {
  for (const [character, escaped] of [
    ['#', '%23'],
    ['?', '%3F'],
  ] as const) {
    if (start.includes(character)) return `write ${character} in a user or password as ${escaped}`;
  }
  try {
    decodeURIComponent(start);
    return undefined;
  } catch {
    return 'write % in a user or password as %25';
  }
}

/** The client hands any other parameter to its own options. */
const PARAMETERS = ['db', 'family'];

function problemOfDatabase(rest: string): string | undefined {
  const { pathname, searchParams } = new URL(`redis://host${rest}`);
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) return `unknown parameter "${unknown}"; known here: ${PARAMETERS.join(', ')}`;
  const database = [pathname.slice(1), searchParams.get('db') ?? ''].find((text) => !/^\d*$/.test(text));
  return database === undefined ? undefined : `expected the number of a database, found "${database}"`;
}

/** @param url one that has no problem */
export function createRedisClient(url: string, { redis, single, cluster }: RedisClientOptions): RedisClient {
  if (!isCluster(url)) return new Redis(url, { ...redis, ...single });
  const [, start = '', , rest = ''] = ADDRESS.exec(url) ?? [];
  const nodes = hostsOf(url).map((host) => `${start}${host}${rest}`);
  const { username, password } = new URL(elementAt(nodes, 0));
  return new Cluster(nodes, {
    // A certificate is for the name that a node gives, not for what the name resolves to.
    dnsLookup: (address, done) => done(null, address),
    ...cluster,
    redisOptions: {
      // Nodes that are found later are reached as the first ones are.
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(start.startsWith('rediss') ? { tls: {} } : {}),
      ...redis,
    },
  });
}

function hostsOf(url: string): string[] {
  const hosts = ADDRESS.exec(url)?.[2];
  return hosts === undefined ? [] : hosts.split(',').map((host) => host.trim());
}

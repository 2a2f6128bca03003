// simulator/infra/machine-checks.ts — Which of the things that local servers and a run need this machine has. It only reads.
import { access, constants, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { InfraError } from '../errors.js';
import { findJava } from './kafka/java.js';
import { areKafkaJarsCached, wantedKafkaVersion } from './kafka/kafka-jars.js';
import { cacheDirectory, isThere } from './machine/cache.js';
import { installCommand } from './machine/package-commands.js';
import { findProgram, runProgram } from './machine/programs.js';
import { canInstallRedis } from './redis/install-redis.js';
import { REDIS_PROGRAMS } from './redis/local-redis.js';

/** `note`: worth knowing, but a run works without it. */
export type Check =
  | { readonly state: 'ok' | 'note'; readonly text: string }
  | { readonly state: 'missing'; readonly text: string; readonly heal: string };

const GIB = 1024 ** 3;
const DISK_BYTES_MIN = 2 * GIB;
const MEMORY_BYTES_MIN = 1.5 * GIB;
const DOCKER_TIMEOUT_MS = 1500;
const NODE_MIN = [20, 19] as const;

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorMin, minorMin] = NODE_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return { state: 'ok', text: `Node.js ${version}` };
  const wanted = NODE_MIN.join('.');
  return { state: 'missing', text: `Node.js ${version}, older than ${wanted}`, heal: 'nvm install 22' };
}

export async function checkJava(signal: AbortSignal): Promise<Check> {
  try {
    const { version, command } = await findJava(signal);
    return { state: 'ok', text: `Java ${version} at ${command}` };
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    return { state: 'missing', text: `Java: ${error.message}`, heal: installCommand('java') };
  }
}

/** The jars, or Maven to fetch them. */
export async function checkKafkaJars(): Promise<Check> {
  const home = process.env.KAFKA_HOME;
  if (home) {
    if (await isThere(`${home}/libs`)) return { state: 'ok', text: `Kafka from KAFKA_HOME, ${home}` };
    return { state: 'missing', text: `KAFKA_HOME is ${home}, which has no libs/`, heal: 'unset KAFKA_HOME' };
  }
  const version = wantedKafkaVersion();
  if (await areKafkaJarsCached(version)) return { state: 'ok', text: `Kafka ${version} in ${cacheDirectory()}` };
  const maven = findProgram('mvn');
  const text = `Kafka ${version} is not in ${cacheDirectory()}`;
  if (maven) return { state: 'ok', text: `${text} yet; Maven at ${maven} fetches it with the first run` };
  return { state: 'missing', text: `${text}, and there is no Maven to fetch it`, heal: installCommand('maven') };
}

export async function checkRedis(signal: AbortSignal): Promise<Check> {
  const command = findProgram(...REDIS_PROGRAMS);
  if (command !== undefined) {
    const { output } = await runProgram({ command, args: ['--version'], signal });
    return { state: 'ok', text: `Redis ${/v=(\S+)/.exec(output)?.[1] ?? ''} at ${command}` };
  }
  if (canInstallRedis()) return { state: 'ok', text: 'Redis is not installed; the first run does it with apt-get' };
  return { state: 'missing', text: 'there is no redis-server', heal: installCommand('redis') };
}

/** Optional: a run needs none. */
export async function checkDocker(signal: AbortSignal): Promise<Check> {
  const command = findProgram('docker');
  if (command === undefined) return { state: 'note', text: 'no Docker, which is optional' };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(DOCKER_TIMEOUT_MS)]);
  const args = ['info', '--format', '{{.ServerVersion}}'];
  const { exitCode, output } = await runProgram({ command, args, signal: limit }).catch(() => ({
    exitCode: 1,
    output: '',
  }));
  if (exitCode === 0) return { state: 'ok', text: `Docker ${output.trim()} (optional)` };
  return { state: 'note', text: `${command} is there, but no Docker engine answers; it is optional` };
}

/** A missing folder would be made in the nearest existing one. */
export async function checkWritable(name: string, folder: string): Promise<Check> {
  let place = resolve(folder);
  while (!(await isThere(place)) && dirname(place) !== place) place = dirname(place);
  try {
    await access(place, constants.W_OK);
    return { state: 'ok', text: `${name} can be written to ${resolve(folder)}` };
  } catch {
    return { state: 'missing', text: `${name}: ${place} cannot be written to`, heal: `sudo chown "$USER" '${place}'` };
  }
}

export async function checkDisk(): Promise<Check> {
  const folder = tmpdir();
  const room = await statfs(folder).catch(() => undefined);
  if (!room)
    return { state: 'missing', text: `${folder} cannot be read`, heal: 'export TMPDIR=<a folder that is there>' };
  const { bavail, bsize } = room;
  const text = `${gib(bavail * bsize)} of disk free in ${folder}, where Kafka keeps the events of a run`;
  if (bavail * bsize >= DISK_BYTES_MIN) return { state: 'ok', text };
  return {
    state: 'missing',
    text: `only ${text}`,
    heal: `export TMPDIR=<a folder with ${gib(DISK_BYTES_MIN)} or more>`,
  };
}

export function checkMemory(): Check {
  // Newer versions of Node.js also know the limit of a container.
  const bytes = process.availableMemory?.() ?? freemem();
  if (bytes >= MEMORY_BYTES_MIN) return { state: 'ok', text: `${gib(bytes)} of memory available` };
  return {
    state: 'note',
    text: `only ${gib(bytes)} of memory available; a local Kafka and a run want ${gib(MEMORY_BYTES_MIN)}`,
  };
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

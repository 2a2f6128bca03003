// simulator/infra/kafka-jars.ts — The jars of the Kafka server: from KAFKA_HOME, or by Maven into a cache, once a release.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { InfraError } from './infra.js';
import { cacheDirectory, projectFile } from './places.js';
import { findOnPath } from './programs.js';

const run = promisify(execFile);

const MAVEN_LIMIT_MS = 600_000;
const MAVEN_LINES = 12;

export interface KafkaJars {
  readonly version: string;
  /** In a fixed order, which a class archive of the JVM depends on. */
  readonly classpath: readonly string[];
}

export const INSTALL_MAVEN =
  'apt: sudo apt-get install -y maven | dnf: sudo dnf install -y maven | brew: brew install maven';

/** `SIM_KAFKA_VERSION`, or what kafka/pom.xml says. */
export function kafkaVersion(environment: NodeJS.ProcessEnv = process.env): string {
  const wanted = environment.SIM_KAFKA_VERSION;
  if (wanted && !/^\d+\.\d+\.\d+$/.test(wanted)) {
    throw new InfraError(`SIM_KAFKA_VERSION is "${wanted}"; a release such as 3.9.2 was expected`);
  }
  const pinned = /<kafka\.version>([\d.]+)</.exec(readFileSync(projectFile('kafka', 'pom.xml'), 'utf8'))?.[1];
  return wanted || String(pinned);
}

/** Without the network: undefined when the jars would have to be fetched first. */
export function findKafkaJars(environment: NodeJS.ProcessEnv = process.env): KafkaJars | undefined {
  const home = environment.KAFKA_HOME;
  if (!home) return jarsIn(folderOf(kafkaVersion(environment)));
  const jars = jarsIn(join(home, 'libs'));
  if (jars === undefined) {
    throw new InfraError(`KAFKA_HOME is ${home}, but there is no libs/kafka_2.13-*.jar in it`, {
      hint: 'unset KAFKA_HOME, or let it name an unpacked Kafka release',
    });
  }
  return jars;
}

/** @throws InfraError */
export async function ensureKafkaJars(options: {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<KafkaJars> {
  const found = findKafkaJars();
  if (found !== undefined) return found;
  const version = kafkaVersion();
  const target = folderOf(version);
  options.say(`kafka: fetching Kafka ${version} with Maven (once, about 45 MB)`);
  mkdirSync(dirname(target), { recursive: true });
  const staging = mkdtempSync(`${target}-new-`);
  try {
    await copyDependencies(version, staging, options.signal);
    takeUnlessThere(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  const fetched = findKafkaJars();
  if (fetched === undefined) throw new InfraError(`Maven brought no kafka_2.13-${version}.jar into ${target}`);
  return fetched;
}

function folderOf(version: string): string {
  return join(cacheDirectory(), `kafka-${version}`);
}

function jarsIn(folder: string): KafkaJars | undefined {
  if (!existsSync(folder)) return undefined;
  const jars = readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .sort();
  const version = jars.map((name) => /^kafka_2\.1\d-(\d[\d.]*\d)\.jar$/.exec(name)?.[1]).find(Boolean);
  return version === undefined ? undefined : { version, classpath: jars.map((name) => join(folder, name)) };
}

async function copyDependencies(version: string, folder: string, signal: AbortSignal): Promise<void> {
  const maven = findOnPath('mvn');
  if (maven === undefined) {
    throw new InfraError(`Kafka ${version} is not in the cache, and Maven, which would fetch it, was not found`, {
      hint: `install Maven (${INSTALL_MAVEN}), set KAFKA_HOME to an unpacked Kafka, or name a Kafka with --brokers`,
    });
  }
  const args = ['-B', '-q', '-Dstyle.color=never', '-f', projectFile('kafka', 'pom.xml'), `-Dkafka.version=${version}`];
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  try {
    await run(maven, [...args, ...goal], { signal, timeout: MAVEN_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 });
  } catch (cause) {
    signal.throwIfAborted();
    const { stdout, message } = cause as { stdout?: string; message: string };
    throw new InfraError(`Maven could not fetch Kafka ${version}:\n${reasonIn(stdout || message)}`, {
      hint: 'check the network and the mirror in ~/.m2/settings.xml, or set KAFKA_HOME to an unpacked Kafka',
      cause,
    });
  }
}

/** What follows Maven's first empty error line is advice on Maven itself. */
function reasonIn(output: string): string {
  const [reason = ''] = output.trim().split(/^\[ERROR\] *$/m);
  return reason.trim().split('\n').slice(-MAVEN_LINES).join('\n');
}

/** Another process may have been quicker; its result is as good, and may already be in use. */
export function takeUnlessThere(staging: string, target: string): void {
  try {
    renameSync(staging, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

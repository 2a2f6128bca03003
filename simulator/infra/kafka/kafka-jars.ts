// simulator/infra/kafka/kafka-jars.ts — Gets the official jars of Apache Kafka: from KAFKA_HOME, the cache, or Maven.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InfraError } from '../../errors.js';
import { cacheDirectory, cachedFolder, isThere } from '../machine/cache.js';
import { installHint } from '../machine/package-commands.js';
import { findProgram, runProgram } from '../machine/programs.js';
import { projectFile } from '../machine/project-file.js';
import type { Guardian } from '../processes/guardian.js';
import { lastLines } from '../processes/log-tail.js';

export interface KafkaJars {
  readonly version: string;
  /** In an order that does not change, as a class archive holds for one order only. */
  readonly paths: readonly string[];
}

export interface KafkaJarsOptions {
  readonly guardian: Guardian;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** @throws InfraError */
export async function resolveKafkaJars(options: KafkaJarsOptions): Promise<KafkaJars> {
  const home = process.env.KAFKA_HOME;
  if (home) return jarsIn(join(home, 'libs'));
  const version = wantedKafkaVersion();
  const folder = await cachedFolder(jarsFolderName(version), options.guardian, (draft) =>
    fetchJars(version, draft, options),
  );
  return jarsIn(folder);
}

/** SIM_KAFKA_VERSION, else the one that kafka/pom.xml pins. @throws InfraError */
export function wantedKafkaVersion(): string {
  const wanted = process.env.SIM_KAFKA_VERSION;
  if (!wanted) return pinnedKafkaVersion();
  if (/^[34]\.\d+\.\d+$/.test(wanted)) return wanted;
  throw new InfraError(
    `expected SIM_KAFKA_VERSION to be a version like ${pinnedKafkaVersion()} or 3.9.2, found ${wanted}`,
  );
}

export function kafkaFile(name: 'pom.xml' | 'log4j2.properties' | 'reload4j.properties'): string {
  return projectFile('kafka', name);
}

export function areKafkaJarsCached(version: string): Promise<boolean> {
  return isThere(join(cacheDirectory(), jarsFolderName(version)));
}

function pinnedKafkaVersion(): string {
  const pinned = /<kafka\.version>([^<]+)</.exec(readFileSync(kafkaFile('pom.xml'), 'utf8'))?.[1];
  if (pinned === undefined) throw new Error('kafka/pom.xml pins no kafka.version');
  return pinned;
}

function jarsFolderName(version: string): string {
  return `kafka-${version}`;
}

async function fetchJars(version: string, folder: string, options: KafkaJarsOptions): Promise<void> {
  const command = findProgram('mvn');
  if (command === undefined) {
    throw new InfraError(
      `expected Maven to fetch Kafka ${version} (it is not in ${cacheDirectory()}), found no mvn on the PATH`,
      {
        hint: installHint('maven', 'unpack a Kafka yourself and set KAFKA_HOME to its folder'),
      },
    );
  }
  options.say(`Kafka: fetching ${version} with Maven, once`);
  const { exitCode, output } = await runProgram({
    command,
    args: [
      ...['-B', '-q', '-f', kafkaFile('pom.xml'), `-Dkafka.version=${version}`],
      ...(version.startsWith('3.') ? ['-P', 'kafka-3'] : []),
      ...['dependency:copy-dependencies', `-DoutputDirectory=${folder}`],
    ],
    signal: options.signal,
    guardian: options.guardian,
  });
  if (exitCode === 0) return;
  throw new InfraError(`Maven could not fetch Kafka ${version} (exit code ${exitCode}):\n${lastLines(output)}`, {
    hint: 'check that Maven reaches a repository (its settings.xml), or unpack a Kafka yourself and set KAFKA_HOME to its folder',
  });
}

function jarsIn(folder: string): KafkaJars {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jar')) : [];
  const version = names
    .map((name) => /^kafka_2\.\d+-(\d+\.\d+\.\d+)\.jar$/.exec(name)?.[1])
    .find((found) => found !== undefined);
  if (version === undefined) {
    throw new InfraError(`expected Kafka's jars (kafka_2.13-<version>.jar and others) in ${folder}, found none`, {
      hint: process.env.KAFKA_HOME
        ? 'set KAFKA_HOME to an unpacked Kafka, or unset it'
        : `remove ${folder}: it is fetched again`,
    });
  }
  return { version, paths: names.sort().map((name) => join(folder, name)) };
}

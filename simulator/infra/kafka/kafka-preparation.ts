// simulator/infra/kafka/kafka-preparation.ts — What makes a local Kafka start fast: done once for a version of Kafka and of Java.
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { KafkaConnection } from '../../../contract/connection.js';
import { createKafka } from '../../../contract/kafkajs/client.js';
import { InfraError } from '../../errors.js';
import { cachedFolder, isThere } from '../machine/cache.js';
import { JAVA_ENVIRONMENT } from '../machine/environment.js';
import { runProgram } from '../machine/programs.js';
import { lastLines } from '../processes/log-tail.js';
import { Owned } from '../processes/owned.js';
import type { Java } from './java.js';
import { renderKafkaConfig } from './kafka-config.js';
import type { KafkaJars } from './kafka-jars.js';
import { type KafkaNodesOptions, startKafkaNodes } from './kafka-nodes.js';

export type PreparedKafka = Pick<KafkaNodesOptions, 'java' | 'jars' | 'template' | 'archive'>;

export interface PreparationOptions {
  readonly java: Java;
  readonly jars: KafkaJars;
  readonly owned: Owned;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const ARCHIVE = 'classes.jsa';
const TEMPLATE = 'template';
// Java writes the archive while it ends.
const DUMP_TIMEOUT_MS = 60_000;

/** @throws InfraError */
export async function prepareKafka(options: PreparationOptions): Promise<PreparedKafka> {
  const { java, jars } = options;
  const name = `kafka-${jars.version}-prepared-${fingerprint(options)}`;
  const folder = await cachedFolder(name, options.owned.guardian, async (draft) => {
    options.say(`Kafka: preparing ${jars.version} for fast starts, once`);
    // A scope of its own, so that nothing of it stays while the run's servers do.
    await using owned = await Owned.start(options.owned.logDir);
    await formatTemplate(join(draft, TEMPLATE), { ...options, owned });
    await archiveClasses(draft, { ...options, owned });
  });
  const archive = join(folder, ARCHIVE);
  return { java, jars, template: join(folder, TEMPLATE), archive: (await isThere(archive)) ? archive : undefined };
}

/** Java refuses an archive when the jars or Java itself are not those that it was made with. */
function fingerprint({ java, jars }: PreparationOptions): string {
  const hash = createHash('sha256').update(`${java.command}\n${java.description}`);
  for (const path of jars.paths) hash.update(`\n${path} ${statSync(path).size} ${statSync(path).mtimeMs}`);
  return hash.digest('hex').slice(0, 12);
}

async function formatTemplate(template: string, { java, jars, owned, signal }: PreparationOptions): Promise<void> {
  const directory = await owned.createDirectory('kafka-format');
  const config = join(directory, 'server.properties');
  const ports = [{ client: 1, controller: 2 }];
  await writeFile(config, renderKafkaConfig({ id: 1, ports, dataDirectory: TEMPLATE }));
  const classPath = jars.paths.join(delimiter);
  const { exitCode, output } = await runProgram({
    command: java.command,
    args: ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', config],
    directory,
    env: JAVA_ENVIRONMENT,
    guardian: owned.guardian,
    signal,
  });
  if (exitCode !== 0)
    throw new InfraError(`Kafka ${jars.version} could not format a data directory:\n${lastLines(output)}`);
  await cp(join(directory, TEMPLATE), template, { recursive: true });
}

/** Runs one node through the beginning of a run. Java may decline to write the archive; starts are then only slower. */
async function archiveClasses(draft: string, options: PreparationOptions): Promise<void> {
  const { connection, servers } = await startKafkaNodes({
    ...options,
    nodes: 1,
    links: false,
    template: join(draft, TEMPLATE),
    archive: undefined,
    extraJavaOptions: [`-XX:ArchiveClassesAtExit=${join(draft, ARCHIVE)}`],
    logName: 'kafka-preparation',
  });
  await rehearse(connection).catch(() => undefined);
  await options.owned.stop(servers, DUMP_TIMEOUT_MS);
}

async function rehearse(connection: KafkaConnection): Promise<void> {
  const kafka = createKafka(connection, { clientId: 'sim' });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.createTopics({ topics: [{ topic: 'rehearsal', numPartitions: 3 }] });
    await producer.send({ topic: 'rehearsal', messages: [{ partition: 0, key: '1', value: '{}' }] });
    await admin.fetchOffsets({ groupId: 'rehearsal', topics: ['rehearsal'] });
  } finally {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
  }
}

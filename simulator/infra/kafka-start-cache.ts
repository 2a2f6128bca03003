// simulator/infra/kafka-start-cache.ts — What makes a start quick: a formatted directory and an archive of loaded classes.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.js';
import { startGuardian } from './guardian.js';
import { InfraError } from './infra.js';
import { takeUnlessThere } from './kafka-jars.js';
import { classpathOf, createUuid, type KafkaRuntime, startNode, untilListening } from './kafka-node.js';
import { kafkaProperties } from './kafka-properties.js';
import { cacheDirectory } from './places.js';

const run = promisify(execFile);

const FORMAT_LIMIT_MS = 60_000;
const ARCHIVE_LIMIT_MS = 120_000;

export interface StartCache {
  readonly template: string;
  readonly jvmOptions: readonly string[];
}

/**
 * Both are made once for a release and a Java. Measured on two cores: formatting takes 1.2 s, and the archive brings a
 * node's start from 2.7 s to 1.4 s; making them takes 8 s.
 * @throws InfraError when this Kafka does not start at all
 */
export async function ensureStartCache(
  runtime: KafkaRuntime,
  options: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<StartCache> {
  const target = join(cacheDirectory(), `kafka-${runtime.jars.version}-start-${keyOf(runtime)}`);
  if (!existsSync(target)) {
    options.say(`kafka: preparing Kafka ${runtime.jars.version} for quick starts (once, about 10 s)`);
    mkdirSync(dirname(target), { recursive: true });
    const staging = mkdtempSync(`${target}-new-`);
    try {
      await format(runtime, staging, options.signal);
      await archiveClasses(runtime, staging, options.signal);
      rmSync(join(staging, 'node'), { recursive: true, force: true });
      takeUnlessThere(staging, target);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  // A JVM that did not write an archive, or cannot use it, starts all the same.
  return {
    template: join(target, TEMPLATE),
    jvmOptions: [`-XX:SharedArchiveFile=${join(target, ARCHIVE)}`, '-Xshare:auto'],
  };
}

const TEMPLATE = 'template';
const ARCHIVE = 'classes.jsa';

/** An archive fits one Java and one list of jars, by their paths. */
function keyOf({ java, jars }: KafkaRuntime): string {
  return createHash('sha256')
    .update([java.command, java.version, ...jars.classpath].join('\n'))
    .digest('hex')
    .slice(0, 12);
}

async function format({ java, jars }: KafkaRuntime, folder: string, signal: AbortSignal): Promise<void> {
  const properties = join(folder, 'format.properties');
  const settings = { nodeId: 1, ports: [{ client: 9092, controller: 9093 }], dataDirectory: join(folder, TEMPLATE) };
  writeFileSync(properties, kafkaProperties(settings));
  const args = [...classpathOf(jars), 'kafka.tools.StorageTool', 'format', '-t', createUuid(), '-c', properties];
  try {
    await run(java.command, args, { signal, timeout: FORMAT_LIMIT_MS });
  } catch (cause) {
    signal.throwIfAborted();
    const { stderr, stdout, message } = cause as { stderr?: string; stdout?: string; message: string };
    throw new InfraError(`Kafka ${jars.version} could not format its directory: ${stderr || stdout || message}`, {
      hint: `remove the folder ${cacheDirectory()} to have Kafka fetched again`,
      cause,
    });
  }
}

/** The JVM writes down, as it ends, which classes a start needs. */
async function archiveClasses(runtime: KafkaRuntime, folder: string, signal: AbortSignal): Promise<void> {
  await using guardian = startGuardian();
  guardian.watchDirectory(folder);
  const [client = 0, controller = 0] = await freePorts(2);
  const ports = [{ client, controller }];
  await using node = await startNode({
    ...{ ...runtime, nodeId: 1, ports, clusterId: createUuid(), template: join(folder, TEMPLATE) },
    ...{ directory: join(folder, 'node'), logDir: folder, guardian, graceMs: ARCHIVE_LIMIT_MS },
    jvmOptions: [`-XX:ArchiveClassesAtExit=${join(folder, ARCHIVE)}`],
  });
  await untilListening(node, ports[0], signal);
  guardian.forgetDirectory(folder);
}

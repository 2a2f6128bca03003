// simulator/infra/kafka-node.ts — One Kafka server process.

import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guardian } from './guardian.js';
import type { Java } from './java.js';
import type { KafkaJars } from './kafka-jars.js';
import { kafkaProperties, type NodePorts } from './kafka-properties.js';
import { isListening } from './reach-kafka.js';
import { type ServerProcess, startServer, untilReady } from './server-process.js';

const START_LIMIT_MS = 60_000;

export interface KafkaRuntime {
  readonly java: Java;
  readonly jars: KafkaJars;
}

export interface NodeOptions extends KafkaRuntime {
  readonly nodeId: number;
  readonly ports: readonly NodePorts[];
  readonly clusterId: string;
  /** A formatted log directory of this release. */
  readonly template: string;
  /** For the data of this node; made here. */
  readonly directory: string;
  readonly jvmOptions: readonly string[];
  readonly logDir: string;
  readonly guardian: Guardian;
  readonly graceMs: number;
}

export async function startNode(options: NodeOptions): Promise<ServerProcess> {
  const { nodeId, directory } = options;
  const dataDirectory = join(directory, 'data');
  mkdirSync(directory, { recursive: true });
  cpSync(options.template, dataDirectory, { recursive: true });
  const identity = { version: 1, 'cluster.id': options.clusterId, 'node.id': nodeId, 'directory.id': createUuid() };
  writeFileSync(
    join(dataDirectory, 'meta.properties'),
    Object.entries(identity)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const properties = join(directory, 'server.properties');
  writeFileSync(properties, kafkaProperties({ nodeId, ports: options.ports, dataDirectory }));
  return startServer({
    name: `Kafka node ${nodeId}`,
    command: options.java.command,
    args: [...JVM_OPTIONS, ...options.jvmOptions, ...classpathOf(options.jars), 'kafka.Kafka', properties],
    cwd: directory,
    logFile: join(options.logDir, `kafka-${nodeId}.log`),
    guardian: options.guardian,
    graceMs: options.graceMs,
  });
}

/** Listening comes last in its start, and is cheap to ask for; whether it serves is asked of the whole cluster. */
export function untilListening(node: ServerProcess, ports: NodePorts | undefined, signal: AbortSignal): Promise<void> {
  const address = { host: '127.0.0.1', port: ports?.client ?? 0 };
  return untilReady(node, () => isListening(address), { signal, limitMs: START_LIMIT_MS });
}

/** Like Kafka's own: 16 bytes as base64url, never with a `-` first, which its tools would take for an option. */
export function createUuid(): string {
  const text = randomBytes(16).toString('base64url');
  return text.startsWith('-') ? createUuid() : text;
}

export function classpathOf(jars: KafkaJars): readonly string[] {
  return ['-cp', jars.classpath.join(':')];
}

const JVM_OPTIONS = [
  ...['-Xms256m', '-Xmx512m', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-XX:InitiatingHeapOccupancyPercent=35'],
  ...['-XX:+ExplicitGCInvokesConcurrent', '-XX:+ExitOnOutOfMemoryError', '-Djava.awt.headless=true'],
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  // Every setting with its default, several times over: they would hide what happens.
  ...['KafkaConfig', 'AbstractKafkaConfig'].map((name) => `-Dorg.slf4j.simpleLogger.log.kafka.server.${name}=warn`),
];

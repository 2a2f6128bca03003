// simulator/infra/java.ts — Finds a Java that is new enough for the Kafka server.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InfraError } from './infra.js';
import { findOnPath, isProgram } from './programs.js';

const run = promisify(execFile);

const VERSION_LIMIT_MS = 10_000;

export interface Java {
  readonly command: string;
  readonly major: number;
  /** As it says it: `17.0.15`. */
  readonly version: string;
}

export const INSTALL_JAVA =
  'apt: sudo apt-get install -y openjdk-17-jre-headless | dnf: sudo dnf install -y java-17-openjdk-headless | brew: brew install openjdk@17';

/** @throws InfraError when there is none, or it is older than `majorMin` */
export async function requireJava(majorMin: number): Promise<Java> {
  const java = await findJava();
  if (java === undefined) {
    throw new InfraError(`Java ${majorMin} or newer is needed to start Kafka here, and none was found`, hint());
  }
  if (java.major < majorMin) {
    const wanted = `Java ${majorMin} or newer is needed to start Kafka here`;
    throw new InfraError(`${wanted}; ${java.command} is ${java.version}`, hint());
  }
  return java;
}

/** `JAVA_HOME` before PATH, as Kafka's own scripts do it. */
export async function findJava(): Promise<Java | undefined> {
  const home = process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin', 'java');
  const command = home && isProgram(home) ? home : findOnPath('java');
  if (command === undefined) return undefined;
  // macOS has a `java` that only says that there is none.
  const output = await run(command, ['-version'], { timeout: VERSION_LIMIT_MS }).catch(() => undefined);
  return output && parseJava(command, output.stderr);
}

/** `1.8.0_412` is Java 8, `17.0.15` is Java 17. */
export function parseJava(command: string, output: string): Java | undefined {
  const version = /version "([^"]+)"/.exec(output)?.[1];
  const [first, second] = version?.split(/[._-]/) ?? [];
  if (version === undefined || first === undefined) return undefined;
  return { command, version, major: Number(first === '1' ? second : first) };
}

function hint(): { hint: string } {
  return { hint: `install it (${INSTALL_JAVA}), or name a Kafka with --brokers` };
}

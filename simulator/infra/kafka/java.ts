// simulator/infra/kafka/java.ts — The Java that runs a local Kafka.
import { join } from 'node:path';
import { InfraError } from '../../errors.js';
import { JAVA_ENVIRONMENT } from '../machine/environment.js';
import { installHint } from '../machine/package-commands.js';
import { findProgram, isExecutable, runProgram } from '../machine/programs.js';

export interface Java {
  readonly command: string;
  /** Everything that `java -version` prints, as another build of Java needs another class archive. */
  readonly description: string;
  readonly version: string;
}

// Kafka 4 needs at least this version, and Kafka 3 runs on it too.
const JAVA_MIN = 17;
/** It answers within a second, or within some where a machine is busy. */
const LIMIT_MS = 20_000;

/** From JAVA_HOME, else from the PATH. @throws InfraError */
export async function findJava(signal: AbortSignal): Promise<Java> {
  const atHome = join(process.env.JAVA_HOME ?? '', 'bin', 'java');
  const command = process.env.JAVA_HOME && isExecutable(atHome) ? atHome : findProgram('java');
  const hint = installHint('java');
  if (command === undefined) {
    throw new InfraError(`expected Java ${JAVA_MIN} or newer to run Kafka, found no java on the PATH`, { hint });
  }
  const limit = AbortSignal.timeout(LIMIT_MS);
  const { exitCode, output } = await runProgram({
    command,
    args: ['-version'],
    env: JAVA_ENVIRONMENT,
    signal: AbortSignal.any([signal, limit]),
  }).catch((error: unknown) => {
    if (!limit.aborted || signal.aborted) throw error;
    throw new InfraError(`\`${command} -version\` did not answer within ${LIMIT_MS / 1000} s`, { hint, cause: error });
  });
  const version = versionIn(output);
  if (exitCode !== 0 || version === undefined) {
    throw new InfraError(`expected Java ${JAVA_MIN} or newer, but \`${command} -version\` says: ${output.trim()}`, {
      hint,
    });
  }
  if (majorOf(version) < JAVA_MIN) {
    throw new InfraError(`expected Java ${JAVA_MIN} or newer to run Kafka, found ${version} at ${command}`, { hint });
  }
  return { command, description: output, version };
}

/** Reads `openjdk version "17.0.15" 2025-04-15`, and the older form `java version "1.8.0_402"`. */
export function versionIn(output: string): string | undefined {
  return /version "([^"]+)"/.exec(output)?.[1];
}

export function majorOf(version: string): number {
  return Number.parseInt(version.startsWith('1.') ? version.slice(2) : version, 10);
}

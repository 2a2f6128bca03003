// consumer/process.ts — A service as a process: environment and flags in, signals and exit codes out.
import type { Kafka } from 'kafkajs';
import { type Logger, pino } from 'pino';
import { wallMs } from '../contract/clock.js';
import { createKafka } from '../contract/kafkajs/client.js';
import type { RedisClient } from '../contract/redis-client.js';
import { inTime } from '../contract/waiting.js';
import { createRedis } from './runtime/redis-connection.js';
import type { Config, ConfigResult } from './settings/config.js';

export interface ServiceOptions {
  readonly config: Config;
  readonly kafka: Kafka;
  /** Not yet connected. */
  readonly redis: RedisClient;
  readonly log: Logger;
  /** Milliseconds since 1970, with fractions. */
  readonly wallMs: () => number;
  /** The consumer has stopped for good, and so should the service. */
  readonly crashed: (error: Error) => void;
}

export interface StartableService {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Program {
  /** As the log calls it. */
  readonly name: string;
  readonly help: () => string;
  readonly create: (options: ServiceOptions) => StartableService;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

const USAGE = 64;
/** Stopping takes less than five seconds, whatever Kafka and Redis do. */
const STOP_TIMEOUT_MS = 4500;

/** Settles when the service has started, or could not be. */
export async function runProgram(program: Program, result: ConfigResult): Promise<void> {
  if (result.kind === 'config') await runService(program, result.config);
  else if (result.kind === 'help') process.stdout.write(program.help());
  else {
    process.stderr.write('This is not a configuration (--help lists the settings):\n');
    for (const problem of result.problems) process.stderr.write(`  ${problem}\n`);
    process.exitCode = USAGE;
  }
}

async function runService({ name, create, exit }: Program, config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: { service: name, pid: process.pid } });
  const kafka = createKafka(
    { brokers: config.brokers, ...(config.security ? { security: config.security } : {}) },
    { clientId: config.groupId, warn: (message, details) => log.warn(details, message) },
  );
  const redis = createRedis(config, (message) => log.warn({ message }, 'Redis is not there; waiting for it'));
  const service = create({ config, kafka, redis, log, wallMs, crashed: (error) => fail('the consumer', error) });

  function fail(what: string, error: unknown): void {
    log.fatal({ err: error }, `${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    void end(1);
  }

  let isEnding = false;
  async function end(code: number): Promise<void> {
    if (isEnding) return;
    isEnding = true;
    const stopped = service.stop().catch((error: unknown) => log.error({ err: error }, 'stopping failed'));
    if (await inTime(stopped, STOP_TIMEOUT_MS)) {
      log.info('stopped');
      exit(code);
    } else {
      log.error(`not stopped within ${STOP_TIMEOUT_MS} ms, ending all the same; nothing applied is lost by that`);
      exit(code || 1);
    }
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info(`${signal}: stopping`);
      void end(0);
    });
  }
  if (config.exitsWithParent) {
    process.stdin.resume();
    process.stdin.on('error', () => undefined);
    process.stdin.on('close', () => {
      log.info('standard input was closed: stopping');
      void end(0);
    });
  }
  try {
    await service.start();
  } catch (error) {
    fail('starting', error);
  }
}

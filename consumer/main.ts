// consumer/main.ts — The hot-article consumer as a process: environment and flags in, signals and exit codes out.
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { createKafka } from '../contract/kafka-client.js';
import { type Config, readConfig } from './config.js';
import { createRedis } from './redis-connection.js';
import { Service } from './service.js';
import { helpText } from './usage.js';

const USAGE = 64;
/** Stopping takes less than five seconds, whatever Kafka and Redis do. */
const STOP_TIMEOUT_MS = 4500;

const result = readConfig(process.env, process.argv.slice(2));
if (result.kind === 'config') await runService(result.config);
else if (result.kind === 'help') process.stdout.write(helpText());
else {
  process.stderr.write('This is not a configuration (--help lists the settings):\n');
  for (const problem of result.problems) process.stderr.write(`  ${problem}\n`);
  process.exitCode = USAGE;
}

async function runService(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: { service: 'hot-article', pid: process.pid } });
  const kafka = createKafka(
    { brokers: config.brokers, ...(config.security ? { security: config.security } : {}) },
    { clientId: config.groupId, warn: (message, details) => log.warn(details, message) },
  );
  const redis = createRedis(config, (message) => log.warn({ message }, 'Redis is not there; waiting for it'));
  const wallMs = () => performance.timeOrigin + performance.now();
  const service = new Service({ config, kafka, redis, log, wallMs, crashed: (error) => fail('the consumer', error) });

  function fail(what: string, error: unknown): void {
    log.fatal({ err: error }, `${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    void end(1);
  }

  let isEnding = false;
  async function end(code: number): Promise<void> {
    if (isEnding) return;
    isEnding = true;
    const late = setTimeout(() => {
      log.error(`not stopped within ${STOP_TIMEOUT_MS} ms, ending all the same; nothing applied is lost by that`);
      process.exit(code || 1);
    }, STOP_TIMEOUT_MS);
    await service.stop().catch((error: unknown) => log.error({ err: error }, 'stopping failed'));
    clearTimeout(late);
    log.info('stopped');
    process.exit(code);
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

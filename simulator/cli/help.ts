// simulator/cli/help.ts — What --help teaches, and the options that several commands share.
import { EXIT_CODES } from '../errors.js';

const EXIT_TEXT = EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n');

export const EPILOGUE = `Exit codes
${EXIT_TEXT}

Kafka and Redis are taken, in this order, from --brokers/--redis (or SIM_BROKERS/SIM_REDIS),
from \`sim up\`, from a running docker compose, or started here for this run and stopped after it.

Examples
  sim run scenarios/quickstart.json                     the main job
  sim run scenarios/peak-day.json --set seed=7          another day of the same kind
  sim run my.json --brokers kafka:9092 --redis redis://cache:6379/3
  sim report reports/quickstart/latest                  render the report again
  sim check reports/quickstart/latest                   judge it again, without any server
  sim extract reports/quickstart/latest -o found.json   keep what went wrong as a test`;

export const COMMANDS = [
  'run',
  'validate',
  'plan',
  'init',
  'report',
  'check',
  'extract',
  'up',
  'down',
  'doctor',
] as const;

export const infraOptions = {
  brokers: { type: 'string', describe: 'Kafka to use, host:port,... (SIM_BROKERS)', group: 'Servers:' },
  redis: {
    type: 'string',
    describe: 'Redis to use, redis:// or rediss://; host:port,host:port is a Cluster (SIM_REDIS)',
    group: 'Servers:',
  },
  'kafka-security': {
    type: 'string',
    describe: 'JSON with ssl and sasl as kafkajs takes them (SIM_KAFKA_SECURITY)',
    group: 'Servers:',
  },
} as const;

export const breakOption = {
  'break-containers': {
    type: 'boolean',
    default: false,
    describe: 'Let faults break the running containers of docker-compose.yml, instead of servers started for this run',
    group: 'Servers:',
  },
} as const;

export const setOption = {
  type: 'string',
  array: true,
  nargs: 1,
  default: [] as string[],
  describe: 'path=value: patch one value, e.g. --set topics.partitions=6',
} as const;

export const sutOption = {
  type: 'string',
  describe: 'SUT file: the consumer to put under test, instead of the one that comes with sim (suts/)',
} as const;

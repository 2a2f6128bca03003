// simulator/cli/options.ts — The arguments and options that several commands share.

export const scenarioArgument = { type: 'string', demandOption: true, describe: 'Scenario file' } as const;

export const runFolderArgument = { type: 'string', demandOption: true, describe: 'Folder of the run' } as const;

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

export const forceOption = {
  type: 'boolean',
  default: false,
  describe: 'Write over a file that is there',
} as const;

export const serverOptions = {
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
  'break-containers': {
    type: 'boolean',
    default: false,
    describe: 'Let faults break the running containers of docker-compose.yml, instead of servers started for this run',
    group: 'Servers:',
  },
} as const;

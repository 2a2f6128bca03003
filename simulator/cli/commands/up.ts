// simulator/cli/commands/up.ts — `sim up`: servers that outlive a run.
import { EXIT } from '../../errors.js';
import { commandOf } from '../command.js';

export const upCommand = commandOf({
  command: 'up',
  describe: 'Keep a Kafka and a Redis running between runs',
  examples: [['$0 up --nodes 3', 'three brokers, for scenarios with copies of partitions']],
  positionals: {},
  options: { nodes: { choices: [1, 3] as const, default: 1, describe: 'Kafka brokers' } },
  handler: async ({ nodes }, context) => {
    const { up } = await import('../handlers/up.js');
    await up({ nodes, ...context });
    return EXIT.pass;
  },
});

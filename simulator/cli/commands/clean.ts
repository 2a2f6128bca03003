// simulator/cli/commands/clean.ts — `sim clean`: the end of what killed runs left behind.
import { commandOf } from '../command.js';
import { serverOptions } from '../options.js';

export const cleanCommand = commandOf({
  command: 'clean',
  describe: 'Remove topics, groups and keys that killed runs, or runs with --keep, left in your servers',
  examples: [
    ['$0 clean --dry-run', 'only say what would be removed'],
    ['$0 clean --brokers kafka:9092 --redis redis://cache:6379/3', 'your servers'],
  ],
  positionals: {},
  options: {
    brokers: serverOptions.brokers,
    redis: serverOptions.redis,
    'kafka-security': serverOptions['kafka-security'],
    'dry-run': { type: 'boolean', default: false, describe: 'Say what would be removed, and remove nothing' },
  },
  handler: async (args, context) => {
    const { clean } = await import('../handlers/clean.js');
    return clean(args, context);
  },
});

// simulator/cli/commands/list.ts — `sim list`: what comes with sim.
import { commandOf } from '../command.js';

export const listCommand = commandOf({
  command: 'list',
  describe: 'Name the scenarios and SUT files that come with sim',
  examples: [],
  isPrinted: true,
  positionals: {},
  options: {},
  handler: async () => {
    const { list } = await import('../handlers/list.js');
    return list();
  },
});

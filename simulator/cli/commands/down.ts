// simulator/cli/commands/down.ts — `sim down`: the end of what `sim up` started.
import { EXIT } from '../../errors.js';
import { commandOf } from '../command.js';

export const downCommand = commandOf({
  command: 'down',
  describe: 'Stop what `sim up` started',
  examples: [],
  positionals: {},
  options: {},
  handler: async (_args, context) => {
    const { down } = await import('../handlers/down.js');
    await down(context);
    return EXIT.pass;
  },
});

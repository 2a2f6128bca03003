// simulator/cli/commands/init.ts — `sim init`: a scenario to start from.
import { commandOf } from '../command.js';
import { forceOption } from '../options.js';

export const initCommand = commandOf({
  command: 'init <name>',
  describe: 'Write a commented scenario to start from',
  examples: [
    ['$0 init my-day', 'writes scenarios/my-day.json'],
    ['$0 init load/my-day.json', 'writes that file'],
  ],
  positionals: { name: { type: 'string', demandOption: true, describe: 'Name or path' } },
  options: { force: forceOption },
  handler: async ({ name, force }) => {
    const { init } = await import('../handlers/init.js');
    return init(name, { force });
  },
});

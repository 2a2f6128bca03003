// simulator/cli/commands/check.ts — `sim check`: the verdict on a recorded run, again.
import { commandOf } from '../command.js';
import { runFolderArgument } from '../options.js';

export const checkCommand = commandOf({
  command: 'check <run>',
  describe: 'Judge a recorded run again, without any server',
  examples: [['$0 check reports/quickstart/latest', 'says whether the verdict is the same as when it ran']],
  positionals: { run: runFolderArgument },
  options: {},
  handler: async ({ run }) => {
    const { check } = await import('../handlers/check.js');
    return check(run);
  },
});

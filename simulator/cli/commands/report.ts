// simulator/cli/commands/report.ts — `sim report`: the reports of a recorded run, again.
import { commandOf } from '../command.js';
import { runFolderArgument } from '../options.js';

export const reportCommand = commandOf({
  command: 'report <run>',
  describe: 'Render a recorded run again, from reports/<scenario>/<run id>',
  examples: [['$0 report reports/quickstart/latest', 'the newest run of this scenario']],
  positionals: { run: runFolderArgument },
  options: {},
  handler: async ({ run }) => {
    const { report } = await import('../handlers/report.js');
    return report(run);
  },
});

// simulator/cli/commands/validate.ts — `sim validate`: what is wrong with scenario files.
import { commandOf } from '../command.js';
import { serverOptions, setOption } from '../options.js';

export const validateCommand = commandOf({
  command: 'validate <scenarios..>',
  describe: 'Check scenario files without running them',
  examples: [
    ['$0 validate scenarios/*.json', 'every problem of every file'],
    ['$0 validate my.json --brokers kafka:9092', 'also: can its faults be had with these servers?'],
  ],
  isPrinted: true,
  positionals: {
    scenarios: { type: 'string', array: true, demandOption: true, describe: 'Scenario files' },
  },
  options: { set: setOption, ...serverOptions },
  handler: async (args) => {
    const { validate } = await import('../handlers/validate.js');
    return validate(args);
  },
});

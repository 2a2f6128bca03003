// simulator/cli/commands/plan.ts — `sim plan`: what a scenario would do.
import { commandOf } from '../command.js';
import { scenarioArgument, setOption } from '../options.js';

export const planCommand = commandOf({
  command: 'plan <scenario>',
  describe: 'Show what a scenario would do, without any server',
  examples: [
    ['$0 plan scenarios/quickstart.json', 'events, rates, run time, memory, warnings'],
    ['$0 plan my.json --set seed=7 --hash', 'are the records the same as before?'],
  ],
  isPrinted: true,
  positionals: { scenario: scenarioArgument },
  options: {
    set: setOption,
    sut: { type: 'string', describe: 'SUT file: as this consumer would be given it' },
    hash: { type: 'boolean', default: false, describe: 'Print the hash of every record, and nothing else' },
  },
  handler: async (args) => {
    const { showPlan } = await import('../handlers/plan.js');
    return showPlan(args);
  },
});

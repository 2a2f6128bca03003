// simulator/cli/commands/run.ts — `sim run`: the main job.
import { commandOf } from '../command.js';
import { scenarioArgument, serverOptions, setOption, sutOption } from '../options.js';

export const runCommand = commandOf({
  command: 'run <scenario>',
  describe: 'Run a scenario: load, drain, check, report',
  examples: [
    ['$0 run scenarios/quickstart.json', 'with servers that are found or started'],
    ['$0 run scenarios/peak-day.json --set seed=7', 'another day of the same kind'],
    ['$0 run my.json --sut suts/my-consumer.json', 'your consumer under test'],
    ['$0 run my.json --brokers kafka:9092 --redis redis://cache:6379/3', 'your servers'],
  ],
  positionals: { scenario: scenarioArgument },
  options: {
    set: setOption,
    sut: sutOption,
    ...serverOptions,
    reports: { type: 'string', default: 'reports', describe: 'Folder for reports' },
    keep: { type: 'boolean', default: false, describe: 'Leave the run’s topics and keys where they are' },
    hold: { type: 'boolean', default: false, describe: 'Wait for Enter before the check, to look at Redis' },
  },
  handler: async (args, context) => {
    const { runScenario } = await import('../handlers/run.js');
    return runScenario(args, context);
  },
});

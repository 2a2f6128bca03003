// simulator/cli/commands/extract.ts — `sim extract`: what went wrong in a run, as a scenario of its events.
import { commandOf } from '../command.js';
import { forceOption, runFolderArgument } from '../options.js';

export const extractCommand = commandOf({
  command: 'extract <run>',
  describe: 'Write an article of a recorded run as a scenario of its events, to be kept as a test',
  examples: [
    ['$0 extract reports/quickstart/latest -o found.json', 'the first article that was found wrong'],
    ['$0 extract reports/quickstart/latest --article 184721186232410112 --whole', 'all of one article'],
  ],
  isPrinted: true,
  positionals: { run: runFolderArgument },
  options: {
    article: {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: 'Its id; may be given several times. Default: the first that was found wrong',
    },
    rivals: {
      type: 'number',
      describe: 'Other articles of its day, reduced to what decides. Default: as few as it takes for the bug to show',
    },
    bug: {
      type: 'string',
      describe: 'Which bug it must show, where the run shows one or another. Default: each of them',
    },
    expect: {
      choices: ['pass', 'found'] as const,
      default: 'pass',
      describe: 'The verdict that it must have: right, or what the run was found to show',
    },
    whole: {
      type: 'boolean',
      default: false,
      describe: 'Keep every record of the articles, and when it was sent, also if the bug shows with fewer',
    },
    output: { alias: 'o', type: 'string', describe: 'File; default: standard output' },
    force: forceOption,
  },
  handler: async ({ run, article, ...args }, context) => {
    const { extractScenario } = await import('../handlers/extract.js');
    return extractScenario({ ...args, dir: run, articles: article }, context);
  },
});

#!/usr/bin/env node
// simulator/cli/main.ts — argv -> command -> exit code; the only place where the process is ended.
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { UsageError } from '../errors.js';
import { describeError } from './describe-error.js';
import { breakOption, COMMANDS, EPILOGUE, infraOptions, setOption, sutOption } from './help.js';

async function main(): Promise<number> {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => abort.abort());
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  let exitCode = 0;
  const parser = yargs(hideBin(process.argv))
    .scriptName('sim')
    .usage(
      '$0 <command>\n\nPlays millions of article, comment, like and view events into a Kafka + Redis hot-article pipeline,\nand says whether the ranking was right, how fast it was, and where it went wrong.',
    )
    .command(
      'run <scenario>',
      'Run a scenario: load, drain, check, report',
      (args) =>
        args
          .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario file' })
          .option('set', setOption)
          .option('sut', sutOption)
          .options({ ...infraOptions, ...breakOption })
          .option('reports', { type: 'string', default: 'reports', describe: 'Folder for reports' })
          .option('keep', {
            type: 'boolean',
            default: false,
            describe: 'Leave the run’s topics and keys where they are',
          })
          .option('hold', {
            type: 'boolean',
            default: false,
            describe: 'Wait for Enter before the check, to look at Redis',
          }),
      async (args) => {
        const { runCommand } = await import('./commands/run.js');
        exitCode = await runCommand({
          ...{ ...args, kafkaSecurity: args['kafka-security'], breakContainers: args['break-containers'] },
          signal: abort.signal,
        });
      },
    )
    .command(
      'validate <scenarios..>',
      'Check scenario files without running them',
      (args) =>
        args
          .positional('scenarios', { type: 'string', array: true, demandOption: true, describe: 'Scenario files' })
          .option('set', setOption)
          .options({ ...infraOptions, ...breakOption }),
      async (args) => {
        const { validateCommand } = await import('./commands/validate.js');
        const servers = { kafkaSecurity: args['kafka-security'], breakContainers: args['break-containers'] };
        exitCode = await validateCommand({ ...args, ...servers });
      },
    )
    .command(
      'plan <scenario>',
      'Show what a scenario would do, without any server',
      (args) =>
        args
          .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario file' })
          .option('set', setOption)
          .option('sut', { ...sutOption, describe: 'SUT file: as this consumer would be given it' })
          .option('hash', {
            type: 'boolean',
            default: false,
            describe: 'Print the hash of every record, and nothing else',
          }),
      async (args) => {
        const { planCommand } = await import('./commands/plan.js');
        exitCode = await planCommand(args.scenario, { settings: args.set, hash: args.hash, sut: args.sut });
      },
    )
    .command(
      'init <name>',
      'Write a commented scenario to start from',
      (args) => args.positional('name', { type: 'string', demandOption: true, describe: 'Name or path' }),
      async (args) => {
        const { initCommand } = await import('./commands/init.js');
        exitCode = await initCommand(args.name);
      },
    )
    .command(
      'report <run>',
      'Render a recorded run again, from reports/<scenario>/<run id>',
      (args) => args.positional('run', { type: 'string', demandOption: true, describe: 'Folder of the run' }),
      async (args) => {
        const { reportCommand } = await import('./commands/report.js');
        exitCode = await reportCommand(args.run);
      },
    )
    .command(
      'check <run>',
      'Judge a recorded run again, without any server',
      (args) => args.positional('run', { type: 'string', demandOption: true, describe: 'Folder of the run' }),
      async (args) => {
        const { checkCommand } = await import('./commands/check.js');
        exitCode = await checkCommand(args.run, abort.signal);
      },
    )
    .command(
      'extract <run>',
      'Write an article of a recorded run as a scenario of its events, to be kept as a test',
      (args) =>
        args
          .positional('run', { type: 'string', demandOption: true, describe: 'Folder of the run' })
          .option('article', {
            type: 'string',
            array: true,
            nargs: 1,
            default: [] as string[],
            describe: 'Its id; may be given several times. Default: the first that was found wrong',
          })
          .option('rivals', {
            type: 'number',
            describe:
              'Other articles of its day, reduced to what decides. Default: as few as it takes for the bug to show',
          })
          .option('expect', {
            choices: ['pass', 'found'] as const,
            default: 'pass' as const,
            describe: 'The verdict that it must have: right, or what the run was found to show',
          })
          .option('whole', {
            type: 'boolean',
            default: false,
            describe: 'Keep every record of the articles, and when it was sent, also if the bug shows with fewer',
          })
          .option('output', { alias: 'o', type: 'string', describe: 'File; default: standard output' }),
      async (args) => {
        const { extractCommand } = await import('./commands/extract.js');
        const { article: articles, output, rivals, whole } = args;
        const expect = args.expect === 'found' ? 'found' : 'pass';
        exitCode = await extractCommand({
          dir: args.run,
          articles,
          output,
          rivals,
          whole,
          expect,
          signal: abort.signal,
          say,
        });
      },
    )
    .command(
      'up',
      'Keep a Kafka and a Redis running between runs',
      (args) => args.option('nodes', { choices: [1, 3] as const, default: 1 as const, describe: 'Kafka brokers' }),
      async (args) => {
        const { up } = await import('./commands/up.js');
        await up({ nodes: args.nodes === 3 ? 3 : 1, say, signal: abort.signal });
      },
    )
    .command('down', 'Stop what `sim up` started', {}, async () => {
      const { down } = await import('./commands/down.js');
      await down({ say });
    })
    .command('doctor', 'Say what is there, what is missing, and how to mend it', {}, async () => {
      const { doctor } = await import('./commands/doctor.js');
      exitCode = (await doctor({ say })) ? 0 : 69;
    })
    .epilogue(EPILOGUE)
    .demandCommand(1, 'Name a command; `sim --help` lists them.')
    .recommendCommands()
    .strict()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false)
    .fail((message, error) => {
      if (error && error.name !== 'YError') throw error;
      const words = (error?.message ?? message).replace('Not enough non-option arguments', 'an argument is missing');
      throw new UsageError(words, { hint: helpOf(process.argv[2]) });
    });
  await parser.parseAsync();
  return exitCode;
}

/** Of the command, where there is such. */
function helpOf(word: string | undefined): string {
  return `\`sim ${COMMANDS.some((command) => command === word) ? `${word} ` : ''}--help\` shows commands and options`;
}

try {
  process.exit(await main());
} catch (error) {
  const { text, exitCode } = describeError(error);
  process.stderr.write(text);
  process.exit(exitCode);
}

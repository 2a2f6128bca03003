// simulator/cli/handlers/run.ts — `sim run`: a scenario file -> one run, or one a setting of its matrix.
import { isAbsolute, relative } from 'node:path';
import { calledAs } from '../../errors.js';
import { projectFile } from '../../infra/machine/project-file.js';
import { replayCommand } from '../../report/scenario-facts.js';
import { loadMatrix } from '../../scenario/load.js';
import { folderOf } from '../../scenario/matrix.js';
import { loadSut } from '../../sut/load.js';
import type { Suts } from '../../sut/run-names.js';
import type { CommandContext } from '../command.js';
import { type ServerArguments, serversFrom } from '../servers.js';
import { findFile } from '../shipped-files.js';
import { runMatrix } from './run-matrix.js';
import { type RunRequest, runOne } from './run-one.js';

export interface RunArguments extends ServerArguments {
  readonly scenario: string;
  /** SUT file; without it the consumer that comes with sim is under test. */
  readonly sut?: string | undefined;
  readonly set: readonly string[];
  readonly reports: string;
  readonly keep: boolean;
  readonly hold: boolean;
}

export async function runScenario(args: RunArguments, context: CommandContext): Promise<number> {
  const suts = await loadSuts(args.sut);
  const path = findFile(args.scenario, 'scenarios');
  const { scenario, settings } = await loadMatrix(path, args.set, suts.sut.scenario);
  const file = isAbsolute(args.scenario) ? relative(process.cwd(), args.scenario) : args.scenario;
  const infra = serversFrom(args, process.env);
  const request: RunRequest = {
    file,
    suts,
    infra,
    sutName: args.sut,
    set: args.set,
    reports: args.reports,
    keep: args.keep,
    hold: args.hold,
    signal: context.signal,
  };
  if (settings.length === 0) return (await runOne(scenario, request)).record.exitCode;
  return runMatrix({
    scenario,
    settings,
    file,
    replay: replayCommand(
      {
        scenario: { file, seed: scenario.seed, settings: args.set },
        ...(args.sut === undefined ? {} : { sut: { file: args.sut } }),
      },
      calledAs(),
    ),
    infra,
    reports: args.reports,
    say: context.say,
    run: (one, reports) => runOne(one.scenario, { ...request, set: one.settings, reports }, folderOf(one.name)),
  });
}

async function loadSuts(file: string | undefined): Promise<Suts> {
  const shipped = (name: string) => loadSut(projectFile('suts', `${name}.json`));
  return {
    sut: await (file === undefined ? shipped('reference') : loadSut(findFile(file, 'suts'))),
    articleRead: await shipped('article-read'),
  };
}

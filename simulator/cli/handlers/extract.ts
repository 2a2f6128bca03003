// simulator/cli/handlers/extract.ts — `sim extract`: what went wrong in a recorded run, as a literal scenario that can be kept as a test.
import { isId } from '../../../contract/ids.js';
import { EXIT, UsageError } from '../../errors.js';
import { scenarioText } from '../../extract/extracted-scenario.js';
import {
  type Extraction,
  expectKnown,
  extract,
  type ReadRun,
  readRun,
  wrongArticle,
} from '../../extract/extraction.js';
import type { NamedBug } from '../../record/diagnosis-record.js';
import { readRecord } from '../../record/files.js';
import { readRecordedRun } from '../../record/recorded-run.js';
import type { RunRecord } from '../../record/run-record.js';
import { findingNames } from '../../report/finding-names.js';
import { plural } from '../../report/format.js';
import { MAX_EVENTS } from '../../scenario/literal/literal-event.js';
import { completeScenario } from '../../scenario/load.js';
import type { CommandContext } from '../command.js';
import { writeNamedFile } from '../write-file.js';

export interface ExtractArguments {
  /** Folder of the run. */
  readonly dir: string;
  /** Their ids; without one, the first article that was found wrong is taken. */
  readonly articles: readonly string[];
  /** File; undefined is standard output. */
  readonly output: string | undefined;
  readonly rivals: number | undefined;
  /** One of the bugs that the run was found to show; undefined: each of them. */
  readonly bug: string | undefined;
  readonly expect: 'pass' | 'found';
  /** Keeps every record of the articles, and when it was sent. */
  readonly whole: boolean;
  /** Writes over an output that is there. */
  readonly force: boolean;
}

export async function extractScenario(args: ExtractArguments, { say }: CommandContext): Promise<number> {
  const { dir, output, rivals, bug, expect, whole, force } = args;
  if (rivals !== undefined && !(Number.isInteger(rivals) && rivals >= 0)) {
    throw new UsageError('--rivals: expected how many other articles to take, such as 20');
  }
  const record = await readRecord(dir);
  // Nothing is started here, so Ctrl-C may end it at once.
  const { signal } = new AbortController();
  const run = await readRun(await readRecordedRun(dir, { historySha256: record.historySha256 }), signal);
  const articles = articlesOf(args, record, run);
  const { scenario } = run.recorded;
  const isWrong = record.verdict?.outcome === 'fail';
  const bugs = record.diagnosis?.naming.consistent ?? [];
  expectNamed(bug, bugs);
  const otherwise = isWrong ? scenario.rules.top + 1 : 0;
  const extraction = extract(run, articles, { bugs, bug, rivals, otherwise, whole });
  const { events, speed } = extraction;
  if (events.length > MAX_EVENTS) {
    throw new UsageError(
      `${articles.join(', ')}: ${plural(events.length, 'event')}, and a literal scenario holds at most ${MAX_EVENTS}; name fewer articles, or another one`,
    );
  }
  const description = descriptionOf(record, extraction);
  const expected = expect === 'found' ? foundBy(record) : { verdict: 'pass' };
  const text = scenarioText({ description, events, scenario, speed, expect: expected });
  completeScenario(output ?? 'the extracted scenario', JSON.parse(text));
  if (output === undefined) process.stdout.write(text);
  else await writeNamedFile({ path: output, from: '--output', force }, text);
  for (const line of remarks(record, { extraction, output, expect, bug })) say(line);
  return EXIT.pass;
}

function articlesOf({ articles }: ExtractArguments, record: RunRecord, run: ReadRun): readonly string[] {
  const wrong = articles.find((articleId) => !isId(articleId));
  if (wrong !== undefined) throw new UsageError(`--article ${wrong}: expected the id of an article, in digits`);
  if (articles.length === 0) return [wrongArticle(record, run)];
  expectKnown(articles, run);
  return [...new Set(articles)];
}

/** @throws UsageError with the names of the run when it does not show this bug */
function expectNamed(bug: string | undefined, bugs: readonly NamedBug[]): void {
  if (bug === undefined || bugs.some(({ name }) => name === bug)) return;
  const names = [...new Set(bugs.map(({ name }) => name))];
  const known = names.length === 0 ? 'no bug' : names.join(' or ');
  throw new UsageError(`--bug ${bug}: this run shows ${known}`);
}

function descriptionOf(record: RunRecord, { articles, rivals }: Extraction): string {
  const { name, seed } = record.scenario;
  const what =
    record.verdict?.outcome === 'pass'
      ? 'was right'
      : `showed ${findingNames(record.verdict?.checks ?? [], record.diagnosis).join(', ')}`;
  const who = `${articles.length === 1 ? 'Article' : 'Articles'} ${articles.join(', ')}`;
  const others = rivals.length === 0 ? '' : ` with the deciding events of ${plural(rivals.length, 'rival')}`;
  return `${who} of run ${record.runId} of ${name} (seed ${seed}), which ${what}${others}.`;
}

function foundBy(record: RunRecord): { readonly verdict: string; readonly finding?: string } {
  const verdict = record.verdict?.outcome ?? 'unknown';
  const [finding] = findingNames(record.verdict?.checks ?? [], record.diagnosis);
  return { verdict, ...(verdict === 'pass' || finding === undefined ? {} : { finding }) };
}

function remarks(
  record: RunRecord,
  {
    extraction,
    output,
    expect,
    bug,
  }: Pick<ExtractArguments, 'output' | 'expect' | 'bug'> & { readonly extraction: Extraction },
): string[] {
  const { events, articles, rivals, shows, of, speed } = extraction;
  const names = record.diagnosis?.naming.consistent.map(({ name }) => name) ?? [];
  const named = bug ?? [...new Set(names)].join(' and through ');
  const left = events.length < of ? ` (of ${of}: the bug shows without the others; --whole keeps them)` : '';
  const who = `${plural(articles.length, 'article')} and ${plural(rivals.length, 'rival')}`;
  const broken = [...new Set(record.faults?.map(({ kind }) => kind) ?? [])].join(', ');
  return [
    `${output === undefined ? '' : `${output}: `}${plural(events.length, 'event')} of ${who}${left}`,
    shows === true ? `  folded through ${named} they make just what that makes: with the bug this scenario fails` : '',
    shows === false ? `  folded through ${named} they make nothing wrong: try more --rivals, or another --article` : '',
    speed === undefined
      ? ''
      : '  they are sent one after the other, with time for each to be processed before the next',
    broken === '' ? '' : `  what the run broke on purpose is left out: ${broken}`,
    record.verdict?.outcome === 'fail' && expect === 'pass'
      ? '  it must pass, so it fails until the bug is fixed; with --expect found it must fail as the run did'
      : '',
  ].filter((line) => line !== '');
}

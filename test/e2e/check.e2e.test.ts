// test/e2e/check.e2e.test.ts — A recorded run is judged again without its servers: the same verdict, and another one when what was seen is another.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ObservedDay } from '../../simulator/history/history.js';
import { readRecord, writeRecord } from '../../simulator/record/files.js';
import { type RecordedRun, readRecordedRun, writeRecordedRun } from '../../simulator/record/recorded-run.js';
import { loadScenario } from '../../simulator/scenario/load.js';
import { planOf } from '../../simulator/workload/plan.js';
import { plannedOracle } from '../simulator/judge/planned-log.js';
import { callSim } from '../support/call-sim.js';
import { type Ended, startSim, type TemporaryFolder, temporaryFolder } from '../support/sim.js';

const check = suite<{ folder: TemporaryFolder; dir: string; recorded: RecordedRun }>('check');

check.before(async (context) => {
  context.folder = temporaryFolder();
  // Late events do not count, and which are late depends on the machine. So nothing is published.
  const settings = ['scale=0.2', 'rules.publishedAfterMinutes=100000'].flatMap((setting) => ['--set', setting]);
  const args = ['run', 'scenarios/smoke.json', '--reports', context.folder.path, ...settings];
  const { exitCode, stdout } = await startSim(args).ended;
  assert.is(exitCode, 0, stdout);
  context.dir = join(context.folder.path, 'smoke', 'latest');
  context.recorded = await readRecordedRun(context.dir);
});

check.after(({ folder }) => folder.remove());

function checked(dir: string): Promise<Ended> {
  return callSim(['check', dir]);
}

/** The record names the file that it belongs to. */
async function rewrite(dir: string, recorded: RecordedRun): Promise<void> {
  const historySha256 = await writeRecordedRun(dir, recorded);
  assert.ok(historySha256);
  await writeRecord(dir, { ...(await readRecord(dir)), historySha256 });
}

/** The run as if the lists had been found otherwise. */
async function seenOtherwise(
  { dir, recorded }: { readonly dir: string; readonly recorded: RecordedRun },
  day: (day: ObservedDay) => ObservedDay,
): Promise<void> {
  const { history } = recorded;
  await rewrite(dir, { ...recorded, history: { ...history, days: history.days.map(day) } });
}

check('what passed passes again', async ({ dir, recorded }) => {
  await rewrite(dir, recorded);
  const { exitCode, stdout } = await checked(dir);
  assert.is(exitCode, 0, stdout);
  assert.match(stdout, /^PASS {2}smoke/);
  assert.match(stdout, 'judged again; the same as when it ran');
});

check('a score that was found otherwise is wrong, and its article is named', async (context) => {
  const [first] = context.recorded.history.days[0]?.list ?? [];
  assert.ok(first);
  await seenOtherwise(context, (day) => ({
    ...day,
    list: day.list.map((row) => (row === first ? { ...row, score: row.score + 5 } : row)),
  }));
  const { exitCode, stdout } = await checked(context.dir);
  assert.is(exitCode, 1, stdout);
  assert.match(stdout, first.articleId);
  assert.match(stdout, 'when it ran: pass, exit code 0');
});

check('an article is extracted as a scenario, with its rivals, and an unknown one is refused', async (context) => {
  const { dir, recorded, folder } = context;
  await rewrite(dir, recorded);
  const [first] = recorded.history.days[0]?.list ?? [];
  assert.ok(first);
  const file = join(folder.path, 'extracted.json');
  const args = ['extract', dir, '--article', first.articleId, '--rivals', '3', '-o', file];
  const { exitCode, stderr } = await callSim(args);
  assert.is(exitCode, 0, stderr);
  assert.match(stderr, /extracted\.json: \d+ events of 1 article and 3 rivals/);
  const literal = await loadScenario(file);
  const [day] = planOf(literal).days;
  assert.ok(day);
  const [best] = plannedOracle(literal).expectedList(day);
  assert.equal([best?.articleId, best?.score], [first.articleId, first.score]);

  const unknown = await callSim(['extract', dir, '--article', `${first.articleId}1`]);
  assert.is(unknown.exitCode, 64);
  assert.match(unknown.stderr, `the nearest is ${first.articleId}`);
  await rewrite(dir, { ...recorded, log: undefined });
  const without = await callSim(['extract', dir, '--article', first.articleId]);
  assert.is(without.exitCode, 64);
  assert.match(without.stderr, 'the topics of this run were not kept');
});

check('a known bug is named from the kept topics', async (context) => {
  await seenOtherwise(context, (day) => ({ ...day, list: day.list.slice(0, 9) }));
  const { exitCode, stdout } = await checked(context.dir);
  assert.is(exitCode, 1, stdout);
  assert.match(stdout, 'WRONG_LIMIT');
});

check('without the topics the plan alone decides', async ({ dir, recorded }) => {
  await rewrite(dir, { ...recorded, log: undefined });
  const { exitCode, stdout } = await checked(dir);
  assert.is(exitCode, 0, stdout);
  assert.match(stdout, 'by the plan alone');
});

check('a folder without a history, or with a broken one, is refused', async ({ dir }) => {
  writeFileSync(join(dir, 'history.v8.gz'), 'nothing');
  const broken = await checked(dir);
  assert.is(broken.exitCode, 64);
  assert.match(broken.stderr, 'is not as the run wrote it');
  rmSync(join(dir, 'history.v8.gz'));
  const missing = await checked(dir);
  assert.is(missing.exitCode, 64);
  assert.match(missing.stderr, 'expected the history of a run at');
});

check.run();

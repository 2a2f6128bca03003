// test/simulator/record/run-record-old.test.ts — Runs that an older sim recorded are rendered, judged and extracted as ever.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../../../simulator/cli/handlers/check.js';
import { extractScenario } from '../../../simulator/cli/handlers/extract.js';
import { report } from '../../../simulator/cli/handlers/report.js';
import { readRecord } from '../../../simulator/record/files.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import { parseXml } from '../report/xml.js';

type Kind = 'right' | 'wrong';

const test = suite('old records', { folder: '' });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'sim-old-'));
  cpSync('test/fixtures/old-runs', context.folder, { recursive: true });
});
test.after(({ folder }) => rmSync(folder, { recursive: true, force: true }));

interface Printed {
  readonly exitCode: number;
  readonly stdout: string;
}

/** The handlers print to standard output. */
async function printed(action: () => Promise<number>): Promise<Printed> {
  const { write } = process.stdout;
  const parts: string[] = [];
  process.stdout.write = (part: string | Uint8Array) => parts.push(String(part)) > 0;
  try {
    return { exitCode: await action(), stdout: parts.join('') };
  } finally {
    process.stdout.write = write;
  }
}

test('every report shows verdict, cause and lists', async ({ folder }) => {
  const words = { right: /PASS/, wrong: /FAIL/ };
  for (const kind of ['right', 'wrong'] satisfies Kind[]) {
    const dir = join(folder, kind);
    const { stdout, exitCode } = await printed(() => report(dir));
    assert.is(exitCode, kind === 'right' ? 0 : 1);
    const texts = [stdout, ...['report.html', 'summary.md'].map((name) => readFileSync(join(dir, name), 'utf8'))];
    for (const text of texts) assert.match(text, words[kind]);
    const record = await readRecord(dir);
    for (const { articleId } of record.days[0]?.found ?? []) for (const text of texts) assert.match(text, articleId);
    const suite = parseXml(readFileSync(join(dir, 'junit.xml'), 'utf8')).children[0];
    assert.is(Number(suite?.attributes.tests), record.verdict?.checks.length);
    for (const text of kind === 'wrong' ? texts : []) {
      assert.match(text, 'TRIM_LOSS');
      assert.match(text, '3 x 2 + 2 x 4 + 1 x 10 = 24');
    }
  }
});

test('the same verdict is found again', async ({ folder }) => {
  for (const [kind, exitCode] of [
    ['right', 0],
    ['wrong', 1],
  ] as const) {
    const again = await printed(() => check(join(folder, kind)));
    assert.is(again.exitCode, exitCode, again.stdout);
    assert.match(again.stdout, 'judged again; the same as when it ran');
  }
});

test('the wrong article is extracted as a scenario', async ({ folder }) => {
  const said: string[] = [];
  const output = join(folder, 'found.json');
  const args = {
    dir: join(folder, 'wrong'),
    articles: [],
    output,
    rivals: undefined,
    bug: undefined,
    force: false,
    expect: 'found',
    whole: false,
  } as const;
  const context = { signal: new AbortController().signal, say: (line: string) => void said.push(line) };
  assert.is(await extractScenario(args, context), 0);
  assert.match(said.join('\n'), /found\.json: \d+ events of 1 article and \d+ rivals/);
  const scenario = await loadScenario(output);
  assert.equal(scenario.expect, { verdict: 'fail', finding: 'TRIM_LOSS' });
});

test.run();

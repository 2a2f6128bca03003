// test/simulator/report/matrix-document.test.ts — The table of a matrix says of each setting what was sent, kept, lost and written twice.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type MatrixRecord, type MatrixRow, readMatrix, writeMatrix } from '../../../simulator/record/matrix-record.js';
import { matrixCells, matrixDocument } from '../../../simulator/report/matrix-document.js';
import { renderHtml } from '../../../simulator/report/print/html.js';
import { renderMarkdown } from '../../../simulator/report/print/markdown.js';
import { renderTerminal } from '../../../simulator/report/print/terminal.js';
import { NO_ASSETS } from './printed.js';

const lossy: MatrixRow = {
  name: 'acks=1',
  settings: ['matrix=[]', 'producer.acks=1'],
  folder: 'acks=1/20261123-153012-a1b2',
  exitCode: 0,
  expected: 'fail',
  outcome: 'fail',
  sentence: 'FAIL, AS EXPECTED: Kafka lost 12 | <b>records</b>',
  sends: { planned: 5000, acked: 4990, failed: 0, unknown: 10 },
  log: { records: 5011, found: 4983, lost: 12, duplicated: 28 },
  send: { p50: 20, p99: 450 },
};
const broken: MatrixRow = {
  ...lossy,
  name: 'acks=0',
  exitCode: 69,
  outcome: null,
  sends: null,
  log: null,
  send: null,
  sentence: 'RUN FAILED: no Kafka',
};
const matrix: MatrixRecord = {
  matrixVersion: 1,
  simVersion: '0.1.0',
  runId: '20261123-153000-ffff',
  exitCode: 69,
  planned: 3,
  startedAt: '2026-11-23T15:30:00.000Z',
  finishedAt: '2026-11-23T15:34:00.000Z',
  scenario: { name: 'study', description: 'One leader dies.', file: 'scenarios/study.json' },
  rows: [lossy, broken],
};

const terminal = renderTerminal(matrixDocument(matrix, 'report.html'), { color: false });
const markdown = renderMarkdown(matrixDocument(matrix, 'summary.md'));
const page = renderHtml(matrixDocument(matrix, 'report.html'), NO_ASSETS);

test('what was measured is shown, and what was not is a dash', () => {
  assert.equal(matrixCells(lossy), [
    ...['acks=1', '5,000', '4,990', '4,983', '12', '28', '20.0 ms', '450 ms', 'fail, as expected'],
  ]);
  assert.equal(matrixCells(broken), ['acks=0', '–', '–', '–', '–', '–', '–', '–', 'not judged']);
});

test('a verdict as expected with a missed threshold says so', () => {
  assert.is(matrixCells({ ...lossy, exitCode: 3 }).at(-1), 'fail, as expected, but a threshold was missed');
  assert.is(matrixCells({ ...lossy, expected: 'pass', outcome: 'pass' }).at(-1), 'pass');
  assert.is(matrixCells({ ...lossy, expected: 'pass', exitCode: 1 }).at(-1), 'fail');
});

test('every text begins with how many ended unexpectedly, or were not run', () => {
  const title = '2 settings, 1 not as expected; 1 not run';
  for (const text of [terminal, markdown, page]) {
    assert.match(text, title);
    assert.match(text, 'study');
    assert.match(text, '4,983');
  }
});

test('the command to run it again is the one that was called; an old record names the scenario', () => {
  const replay = 'npx sim run scenarios/study.json --set seed=7 --set scale=0.1';
  for (const [one, shown] of [
    [{ ...matrix, replay }, replay],
    [matrix, 'sim run scenarios/study.json'],
  ] as const) {
    assert.match(renderTerminal(matrixDocument(one, 'report.html'), { color: false }), `  again  ${shown}\n`);
  }
});

test('texts do not become markup', () => {
  assert.match(markdown, 'lost 12 \\| &lt;b>records');
  assert.match(page, '&lt;b&gt;records&lt;/b&gt;');
  assert.match(page, 'href="acks=1/20261123-153012-a1b2/report.html"');
  assert.match(markdown, '(acks=1/20261123-153012-a1b2/summary.md)');
});

test('a written matrix is read back; an empty folder holds none, and garbage is an error', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sim-test-'));
  try {
    assert.is(await readMatrix(dir), undefined);
    await writeMatrix(dir, matrix);
    assert.equal(await readMatrix(dir), matrix);
    writeFileSync(join(dir, 'matrix.json'), '{"matrixVersion": 2}');
    const error = await readMatrix(dir).catch((reason: unknown) => reason);
    assert.match(String(error), /matrix\.json is not a record of a matrix/);
    truncateSync(join(dir, 'matrix.json'), 600e6);
    assert.match(String(await readMatrix(dir).catch((reason: unknown) => reason)), 'matrix.json has 600 MB');
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.run();

// test/simulator/report/summary.test.ts — summary.md, junit.xml and the terminal's last lines.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import { renderJunit } from '../../../simulator/report/junit.js';
import { renderSummary } from '../../../simulator/report/summary.js';
import { renderTerminal } from '../../../simulator/report/terminal.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from './sample-record.js';
import { parseXml, type XmlElement } from './xml.js';

const EVIL = '<script>a & b | "c"\u0001\ud800</script>\n#1';

const evil: RunRecord = {
  ...PASS,
  scenario: { ...PASS.scenario, name: EVIL },
  verdict: {
    outcome: 'fail',
    checks: [{ check: EVIL, outcome: 'fail', seen: EVIL, findings: [{ message: EVIL }], findingCount: 30 }],
    thresholds: [{ threshold: EVIL, ok: false, actual: null, unit: 'ms' }],
  },
};

function testcases(record: RunRecord): XmlElement[] {
  return parseXml(renderJunit(record)).children[0]?.children.filter(({ name }) => name === 'testcase') ?? [];
}

test('all texts are pure', () => {
  for (const record of [PASS, FAIL, INTERRUPTED, NOT_RUN]) {
    assert.is(renderSummary(record), renderSummary(structuredClone(record)));
    assert.is(renderJunit(record), renderJunit(structuredClone(record)));
    assert.is(renderTerminal(record, { color: true }), renderTerminal(structuredClone(record), { color: true }));
  }
});

test('every text says what was in the topics, where they were read again', () => {
  const record: RunRecord = { ...PASS, log: { records: 299_995, found: 299_990, lost: 10, duplicated: 5 } };
  const text = '299,990 of 300,000 events, 10 acknowledged lost, 5 twice';
  for (const shown of [renderSummary(record), renderTerminal(record, { color: false })]) assert.match(shown, text);
  assert.not.match(renderSummary(PASS), 'In the topics');
});

test('every text says how long the drain took, or that there was none', () => {
  const texts = (record: RunRecord) => [
    renderSummary(record),
    renderTerminal(record, { color: false }),
    renderJunit(record),
  ];
  const patterns = [/Load, then drain \| 15\.0 s, 312 ms/, /drained in 312 ms/, /name="drainTimeMs" value="312"/];
  for (const [index, text] of texts(PASS).entries()) assert.match(text, patterns[index] ?? /$^/);
  const { load } = PASS;
  if (!load) throw new Error('the sample has a load');
  for (const text of texts({ ...PASS, load: { ...load, drainMs: null } })) assert.match(text, 'never drained');
});

test('the summary begins with the verdict', () => {
  const first = (record: RunRecord) => renderSummary(record).split('\n', 1)[0];
  assert.equal([PASS, FAIL, INTERRUPTED, NOT_RUN].map(first), [
    '## ✅ PASS: quickstart',
    '## ❌ FAIL: quickstart',
    '## ⚠️ INTERRUPTED: quickstart',
    '## ❌ RUN FAILED: quickstart',
  ]);
});

test('every row of a table in the summary has as many cells as its head', () => {
  for (const record of [PASS, FAIL, evil]) {
    const widths = renderSummary(record)
      .split('\n\n')
      .filter((block) => block.includes('| --- |'))
      .map(
        (block) =>
          new Set(
            block
              .split('\n')
              .filter((line) => line.startsWith('|'))
              .map((line) => line.split(/(?<!\\)\|/).length),
          ),
      );
    assert.ok(widths.length > 2);
    for (const width of widths) assert.is(width.size, 1);
  }
});

test('no text becomes markup in the summary', () => {
  assert.not.match(renderSummary(evil), '<script>');
});

test('the summary ends with the command that runs it again', () => {
  assert.match(renderSummary(PASS), 'sim run scenarios/quickstart.json --set seed=42\n```\n');
});

test('JUnit has a testcase for each check and threshold, and counts what is wrong', () => {
  const suite = parseXml(renderJunit(FAIL)).children[0];
  assert.equal([suite?.attributes.tests, suite?.attributes.failures, suite?.attributes.errors], ['9', '2', '2']);
  assert.equal(
    testcases(FAIL).map(({ attributes, children }) => [attributes.name, children[0]?.name]),
    [
      ['load', 'system-out'],
      ['consumers alive', 'system-out'],
      ['drained', 'system-out'],
      ['lists', 'failure'],
      ['delivery', 'error'],
      ['dead letters', 'system-out'],
      ['endToEnd p99 < 50', 'failure'],
      ['drain < 10000', 'error'],
      ['throughput > 10000', 'system-out'],
    ],
  );
});

test('JUnit is XML whatever the texts hold', () => {
  const [check] = testcases(evil);
  assert.is(check?.attributes.name, '<script>a & b | "c"  </script>\n#1');
  assert.match(check?.children[0]?.text ?? '', 'and 29 more');
});

test('a run that was not judged is one error', () => {
  for (const record of [INTERRUPTED, NOT_RUN]) {
    assert.equal(
      testcases(record).map(({ attributes, children }) => [attributes.name, children[0]?.name]),
      [['run', 'error']],
    );
  }
});

test('a failure that the scenario expects does not make CI red, and a missing one does', () => {
  const expecting = { ...FAIL.scenario, resolved: { expect: { verdict: 'fail' } } };
  const problems = (record: RunRecord) =>
    testcases(record)
      .filter(({ children }) => children[0]?.name !== 'system-out')
      .map(({ attributes }) => attributes.name);
  assert.equal(problems({ ...FAIL, scenario: expecting }), ['endToEnd p99 < 50', 'drain < 10000']);
  assert.equal(problems({ ...PASS, scenario: expecting }), ['expected verdict']);
});

test('the terminal shows the verdict, aligned numbers, wrong rows, and paths, in this order', () => {
  const text = renderTerminal(FAIL, { color: false, paths: { report: 'reports/quickstart/latest/report.html' } });
  const order = [
    'FAIL',
    '  events      300,000',
    '  throughput  19,413',
    '✗ lists: 2 findings',
    'report  reports',
    'again   sim run',
  ];
  const places = order.map((part) => text.indexOf(part));
  assert.ok(
    places.every((place) => place >= 0),
    text,
  );
  assert.equal(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.match(text, '    2024-10-01  99230118252838912    19,866      17,466\n');
  assert.not.match(text, '\u001b');
});

test('sentences on the terminal keep to its width', () => {
  const [, ...sentence] = renderTerminal(FAIL, { color: false, width: 60 }).split('\n\n', 1)[0]?.split('\n') ?? [];
  assert.ok(sentence.length > 1);
  assert.ok(sentence.every((line) => line.length <= 60));
});

test('colour paints the verdict and changes no letter', () => {
  const painted = renderTerminal(PASS, { color: true });
  assert.ok(painted.startsWith('\u001b[1;32mPASS\u001b[0m'));
  assert.is(
    painted
      .split('\u001b')
      .map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]*m/, '')))
      .join(''),
    renderTerminal(PASS, { color: false }),
  );
});

test('a warning stands before the numbers, on the terminal and in the summary', () => {
  const record = { ...PASS, warnings: ['the generator was late'] };
  const terminal = renderTerminal(record, { color: false });
  assert.ok(terminal.indexOf('warning: the generator was late') < terminal.indexOf('throughput'));
  assert.match(renderSummary(record), '**Warning:** the generator was late.');
});

test('a command that helps is never wrapped, so that it can be copied', () => {
  const command = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${'x'.repeat(60)}`;
  const record = { ...NOT_RUN, error: { message: 'no java', hint: `install it:\n  ${command}\nor do without` } };
  assert.match(renderTerminal(record, { color: false }), `\n  install it:\n    ${command}\n  or do without\n`);
  assert.match(renderSummary(record), `\n\ninstall it:\n\n\`${command}\`\n\nor do without\n\n`);
});

test('the last lines of a log are shown with the run that failed', () => {
  const record = { ...NOT_RUN, error: { message: 'the consumer did not start:\nLOG_LEVEL: Invalid option' } };
  for (const text of [renderTerminal(record, { color: false }), renderSummary(record)]) {
    assert.match(text, 'LOG_LEVEL: Invalid option');
  }
});

test.run();

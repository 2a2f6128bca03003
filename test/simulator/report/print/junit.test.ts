// test/simulator/report/print/junit.test.ts — junit.xml, for CI pages that list tests.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../../../simulator/record/run-record.js';
import { renderJunit } from '../../../../simulator/report/print/junit.js';
import { evil } from '../evil-record.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from '../sample-record.js';
import { parseXml, type XmlElement } from '../xml.js';

function testcases(record: RunRecord): XmlElement[] {
  return parseXml(renderJunit(record)).children[0]?.children.filter(({ name }) => name === 'testcase') ?? [];
}

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
  assert.is(check?.attributes.name, '<script>a & b | "c"\\u{1}\\u{d800}</script>\n#1');
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

test.run();

// test/simulator/infra/processes/log-tail.test.ts
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lastLines, lastLinesOf } from '../../../../simulator/infra/processes/log-tail.js';
import { PrivateFolder } from '../private-folder.js';

test('stack frames, blank lines and colours give way to the reason', () => {
  const log = [
    '\u001b[31mERROR\u001b[0m Kafka: Exiting Kafka due to fatal exception',
    'java.lang.RuntimeException: no',
    '\tat kafka.Kafka.main(Kafka.scala:1)',
    'Caused by: java.net.BindException: Address already in use',
    '\t... 3 more',
    '',
  ].join('\n');
  assert.is(
    lastLines(log),
    'ERROR Kafka: Exiting Kafka due to fatal exception\njava.lang.RuntimeException: no\n' +
      'Caused by: java.net.BindException: Address already in use',
  );
});

test('only the last lines are given', () => {
  assert.is(lastLines('a\nb\nc\n', 2), 'b\nc');
});

test('a log that is not there is said to be none', () => {
  assert.is(lastLinesOf('/nowhere/at/all.log'), '(no log)');
});

test('an empty log is said to be so', () => {
  const folder = new PrivateFolder();
  const log = join(folder.path, 'empty.log');
  writeFileSync(log, '');
  assert.is(lastLinesOf(log), '(nothing was logged)');
  folder.remove();
});

test('of a log of gigabytes the end alone is read, and a line of it is cut', () => {
  const folder = new PrivateFolder();
  const log = join(folder.path, 'large.log');
  writeFileSync(log, '');
  truncateSync(log, 4_000_000_000);
  appendFileSync(log, `\nlast ${'x'.repeat(5000)}\n`);
  assert.is(lastLinesOf(log).split('\n').at(-1), `last ${'x'.repeat(994)}…`);
  folder.remove();
});

test.run();

// test/simulator/errors.test.ts — Each end of a command has one exit code, and each exit code one meaning.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  calledAs,
  EXIT,
  EXIT_CODES,
  exitMeaning,
  InfraError,
  InterruptedError,
  RecordError,
  ScenarioError,
  type SimError,
  shellWord,
  UsageError,
  writeError,
} from '../../simulator/errors.js';

test('the table holds every exit code once, with a meaning', () => {
  assert.equal(
    EXIT_CODES.map(({ code }) => code),
    Object.values(EXIT),
  );
  assert.ok(EXIT_CODES.every(({ meaning }) => meaning !== ''));
  assert.is(exitMeaning(1), 'wrong answer');
  assert.is(exitMeaning(9), 'not an exit code of sim');
});

test('each kind of error ends with its exit code', () => {
  const errors: readonly (readonly [SimError, number])[] = [
    [new UsageError('a'), 64],
    [new ScenarioError('a', ['b']), 64],
    [new InfraError('a'), 69],
    [new InterruptedError('a'), 130],
    [new RecordError('a', { kind: 'record-missing', hint: 'b' }), 64],
    [new RecordError('a', { kind: 'record-broken', hint: 'b' }), 64],
    [new RecordError('a', { kind: 'record-version', hint: 'b' }), 64],
    [new RecordError('a', { kind: 'not-writable', hint: 'b' }), 69],
    [new RecordError('a', { kind: 'disk-full', hint: 'b' }), 69],
  ];
  for (const [error, exitCode] of errors) assert.is(error.exitCode, exitCode, error.kind);
});

test('a write that fails says whether the disk is full', () => {
  const full = writeError('a file', Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  assert.equal([full.kind, full.message], ['disk-full', 'a file could not be written: no space']);
  const refused = writeError('a file', Object.assign(new Error('no'), { code: 'EACCES' }));
  assert.is(refused.kind, 'not-writable');
});

test('a scenario error counts its problems', () => {
  assert.is(new ScenarioError('x.json', ['a']).message, 'x.json: one problem');
  const error = new ScenarioError('x.json', ['a', 'b']);
  assert.equal([error.message, error.problems], ['x.json: 2 problems', ['a', 'b']]);
});

test('a hundred problems are enough to begin with', () => {
  const { message, problems } = new ScenarioError('x.json', Array(250).fill('a'));
  assert.equal([message, problems.length, problems.at(-1)], ['x.json: 250 problems', 101, 'and 150 more']);
});

test('the command is named as it was called, so that it can be typed again', () => {
  const called = (words: string) => calledAs({ SIM_CALLED_AS: words });
  assert.equal([called('./sim'), called('npx sim'), called(''), calledAs({})], ['./sim', 'npx sim', 'sim', 'sim']);
  assert.is(called('/two words/sim'), "'/two words/sim'");
  assert.is(shellWord("it's"), "'it'\\''s'");
});

test.run();

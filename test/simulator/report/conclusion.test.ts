// test/simulator/report/conclusion.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import type { Outcome } from '../../../simulator/record/verdict-record.js';
import { conclusionOf, sentenceOf } from '../../../simulator/report/conclusion.js';
import type { Expected } from '../../../simulator/report/expectation.js';
import { runDocument } from '../../../simulator/report/run-document.js';
import { replayCommand, weightsOf } from '../../../simulator/report/scenario-facts.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from './sample-record.js';

function expecting(record: RunRecord, verdict: Outcome, found: Expected = {}): RunRecord {
  return { ...record, scenario: { ...record.scenario, resolved: { expect: { verdict, ...found } } } };
}

function withThresholds(record: RunRecord, ok: boolean): RunRecord {
  const thresholds = [{ threshold: 'send p99 < 9', ok, actual: null, unit: 'ms' }];
  return record.verdict ? { ...record, verdict: { ...record.verdict, thresholds } } : record;
}

test('a right run says what was right, and after how much', () => {
  assert.equal(conclusionOf(PASS), {
    word: 'PASS',
    tone: 'good',
    lines: ['All 6 checks passed: the ranking of the day is right after 300,000 events.'],
  });
});

test('a wrong run says the first thing that is wrong', () => {
  const { word, tone, lines } = conclusionOf(FAIL);
  assert.equal([word, tone], ['FAIL', 'bad']);
  assert.is(lines.length, 1);
  assert.match(lines[0] ?? '', /^lists: 20241001 #5: article \d+ has score 17466, expected 19866 .* \(and 1 more\)\.$/);
});

test('what could not be judged is unknown, with its reason', () => {
  const checks = FAIL.verdict?.checks.filter((check) => check.outcome !== 'fail') ?? [];
  const record: RunRecord = { ...FAIL, exitCode: 2, verdict: { outcome: 'unknown', checks, thresholds: [] } };
  assert.equal(conclusionOf(record), {
    word: 'UNKNOWN',
    tone: 'unsure',
    lines: ['delivery: the consumer does not show its counts.'],
  });
});

test('a checker that threw does not bring its stack into the sentence', () => {
  const check = { check: 'lists', outcome: 'unknown', seen: 'nothing', findings: [], findingCount: 0 } as const;
  const checks = [{ ...check, reason: 'the checker itself failed: Error: no\n    at lists.ts:1' }];
  const record: RunRecord = { ...PASS, verdict: { outcome: 'unknown', checks, thresholds: [] } };
  assert.equal(conclusionOf(record).lines, ['lists: the checker itself failed: Error: no.']);
});

test('a missed threshold is not a pass', () => {
  assert.equal(conclusionOf(withThresholds(PASS, false)), {
    word: 'THRESHOLD MISSED',
    tone: 'bad',
    lines: ['The ranking is right, but 1 threshold missed: send p99 < 9 (not measured).'],
  });
});

test('a run that must fail, and does, is good; one that must and does not is bad', () => {
  const failed = conclusionOf(withThresholds(expecting(FAIL, 'fail'), true));
  assert.equal([failed.word, failed.tone], ['FAIL, AS EXPECTED', 'good']);
  const passed = conclusionOf(expecting(PASS, 'fail'));
  assert.equal([passed.word, passed.tone], ['FAIL', 'bad']);
  assert.match(sentenceOf(passed), 'the scenario expects fail');
});

test('a run that fails for another reason than it must is bad', () => {
  const found = conclusionOf(withThresholds(expecting(FAIL, 'fail', { finding: 'lists' }), true));
  assert.equal([found.word, found.tone], ['FAIL, AS EXPECTED', 'good']);
  const other = conclusionOf(withThresholds(expecting(FAIL, 'fail', { finding: 'NO_SUCH_BUG' }), true));
  assert.equal([other.word, other.tone], ['FAIL', 'bad']);
  assert.is(other.lines.at(-1), 'The scenario expects the finding NO_SUCH_BUG.');
  const more = conclusionOf(withThresholds(expecting(FAIL, 'fail', { failing: ['drained'] }), true));
  assert.equal([more.word, more.tone], ['FAIL', 'bad']);
  assert.is(more.lines.at(-1), 'The scenario expects that drained fails.');
});

test('the cause and the known deviations have lines of their own', () => {
  const naming = { consistent: [{ name: 'TRIM_LOSS', does: 'trims' }], partly: [], not: [], untested: [] };
  const butForTraits = { outcome: 'pass', traits: ['TRIM_LOSS'], reason: 'TRIM_LOSS explains it' } as const;
  const { lines } = conclusionOf({ ...FAIL, diagnosis: { naming, butForTraits } });
  assert.equal(lines.slice(1), ['Consistent with TRIM_LOSS.', 'With its known deviations allowed: pass.']);
});

test('a run that did not get to its end is neither right nor wrong', () => {
  assert.is(conclusionOf(INTERRUPTED).word, 'INTERRUPTED');
  assert.equal(conclusionOf(NOT_RUN), {
    word: 'RUN FAILED',
    tone: 'bad',
    lines: ['no Kafka answers at 127.0.0.1:9092'],
  });
});

test('a report names the command as the run was called', () => {
  const replay = './sim run scenarios/quickstart.json --set seed=42';
  assert.is(runDocument({ ...PASS, replay }).replay, replay);
  assert.is(runDocument(PASS).replay, replay.slice(2));
});

test('the replay command has the seed once, and quotes what a shell would split', () => {
  assert.is(
    replayCommand(FAIL),
    "sim run scenarios/quickstart.json --set seed=7 --set topics.partitions=6 --set 'description=two words'",
  );
  const scenario = { ...PASS.scenario, file: "it's.json" };
  assert.is(replayCommand({ ...PASS, scenario }), "sim run 'it'\\''s.json' --set seed=42");
});

test('weights come from the scenario, and from the rules where it has none', () => {
  const resolved = { rules: { weights: { like: 5, comment: 'many' } } };
  assert.equal(weightsOf({ ...PASS, scenario: { ...PASS.scenario, resolved } }), {
    like: 5,
    comment: 2,
    view: 1,
    commenter: 0,
  });
  assert.equal(weightsOf({ ...PASS, scenario: { ...PASS.scenario, resolved: null } }), {
    like: 3,
    comment: 2,
    view: 1,
    commenter: 0,
  });
});

test.run();

// test/simulator/report/print/terminal.test.ts — What a user sees when a run ends.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { htmlOf, summaryOf, terminalOf } from '../printed.js';
import { FAIL, PASS } from '../sample-record.js';

test('the terminal shows the verdict, aligned numbers, wrong rows, and how to run it again, in this order', () => {
  const text = terminalOf(FAIL);
  const order = ['FAIL', '  events      300,000', '  throughput  19,413', '✕ lists: 2 findings', 'again  sim run'];
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
  const [, ...sentence] = terminalOf(FAIL, { width: 60 }).split('\n\n', 1)[0]?.split('\n') ?? [];
  assert.ok(sentence.length > 1);
  assert.ok(sentence.every((line) => line.length <= 60));
});

test('colour paints the verdict and changes no letter', () => {
  const painted = terminalOf(PASS, { color: true });
  assert.ok(painted.startsWith('\u001b[1;32mPASS\u001b[0m'));
  assert.is(
    painted
      .split('\u001b')
      .map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]*m/, '')))
      .join(''),
    terminalOf(PASS),
  );
});

test('a cell is cut to 80 letters, as it would push the others off the screen; the other reports show all of it', () => {
  const member = 'x'.repeat(200);
  const [day] = FAIL.days;
  const days = [{ day: day?.day ?? '', expected: [], found: [{ rank: 1, articleId: member, score: 1 }] }];
  const record = { ...FAIL, days };
  const finding = { message: 'one', articleId: member, day: '20241001', expected: 1, found: 2 };
  const check = { check: 'lists', outcome: 'fail', seen: 'a list', findings: [finding], findingCount: 1 } as const;
  const wrong = { ...record, verdict: { outcome: 'fail', checks: [check], thresholds: [] } } as const;
  assert.match(terminalOf(wrong), `${'x'.repeat(79)}…`);
  assert.not.match(terminalOf(wrong), 'x'.repeat(80));
  for (const report of [htmlOf(wrong), summaryOf(wrong)]) assert.match(report, member);
});

test.run();

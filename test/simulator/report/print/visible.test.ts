// test/simulator/report/print/visible.test.ts — No text can move a cursor, hide, or turn its direction, whoever wrote it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { visible } from '../../../../simulator/report/print/visible.js';
import { htmlOf, summaryOf, terminalOf } from '../printed.js';
import { FAIL } from '../sample-record.js';

test('control characters and bidirectional marks become their code points', () => {
  assert.is(
    visible('a\u001b[2Jb\u0000\r\u007f\u009b\u202e\u2066\ufeff\ud800'),
    'a\\u{1b}[2Jb\\u{0}\\u{d}\\u{7f}\\u{9b}\\u{202e}\\u{2066}\\u{feff}\\u{d800}',
  );
});

test('line feeds, tabs and letters of any script stay', () => {
  const text = 'a\n\tä 한글 שלום 😀 👩‍💻';
  assert.is(visible(text), text);
});

test('no report shows a foreign text as it is', () => {
  const evil = '\u001b[31m\u202ered\u0007';
  const record = {
    ...FAIL,
    warnings: [evil],
    scenario: { ...FAIL.scenario, name: evil, description: evil, file: evil },
    days: [{ day: '20241001', expected: [], found: [{ rank: 1, articleId: evil, score: 1 }] }],
    error: { message: `${evil}\n${evil}`, hint: evil },
    verdict: {
      outcome: 'fail',
      checks: [{ check: evil, outcome: 'fail', seen: evil, findings: [{ message: evil, day: evil }], findingCount: 1 }],
      thresholds: [{ threshold: evil, ok: false, actual: null, unit: evil }],
    },
  } as const;
  for (const report of [htmlOf(record), summaryOf(record), terminalOf(record)]) {
    for (const character of ['\u001b', '\u202e', '\u0007']) assert.not.match(report, character);
    assert.match(report, '\\u{1b}[31m\\u{202e}red\\u{7}');
  }
});

test.run();

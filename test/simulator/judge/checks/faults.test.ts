// test/simulator/judge/checks/faults.test.ts — A run whose faults are not all proven and healed has shown too little.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import { FAULTS } from '../../../../simulator/judge/checks/faults.js';
import { checkerOf, historyWith, judgeHistory, oracleOf, rightList, rightTable, threeArticles } from '../histories.js';

const checkFaults = checkerOf(FAULTS);

const proven: FaultResult = {
  kind: 'consumer-kill',
  target: 'consumer 1',
  injectedAtMs: 10,
  healedAtMs: 20,
  receipt: { proven: true, facts: [{ what: 'exit', before: 'running', after: 'SIGKILL' }] },
};
const { receipt: _, ...unread } = proven;
const facts = [{ what: 'exit', before: 'running', after: 'code 0' }];

const cases: readonly (readonly [name: string, fault: FaultResult, outcome: string, reason: string])[] = [
  ['a proven one', proven, 'pass', ''],
  ['one that never came', { ...unread, injectedAtMs: null, healedAtMs: null }, 'unknown', 'was not injected'],
  ['one that stayed broken', { ...proven, healedAtMs: null, problem: 'it hangs' }, 'unknown', 'not healed: it hangs'],
  ['one without a receipt', unread, 'unknown', 'it has no receipt'],
  ['one that nothing proves', { ...proven, receipt: { proven: false, facts } }, 'unknown', 'exit: running -> code 0'],
];
for (const [name, fault, outcome, reason] of cases) {
  test(`${name}: ${outcome}`, () => {
    const history = { ...historyWith(rightList, rightTable), faults: [proven, fault] };
    const verdict = judgeHistory(history, oracleOf(threeArticles));
    assert.is(verdict.outcome, outcome);
    assert.ok(verdict.checks.find(({ check }) => check === 'faults')?.reason?.includes(reason) ?? reason === '');
  });
}

test('which faults did not come, and why, is said one by one', () => {
  const never = { ...unread, injectedAtMs: null, healedAtMs: null };
  const twoFacts = [...facts, { what: 'pid', before: '7', after: '7' }];
  const faults = [
    ...[proven, never, { ...never, problem: 'no time' }, { ...proven, healedAtMs: null }],
    { ...proven, receipt: { proven: false, facts: twoFacts } },
  ];
  const of = (index: number) => `fault ${index}, consumer-kill of consumer 1: `;
  assert.equal(checkFaults({ ...historyWith([]), faults }, oracleOf([])), {
    check: 'faults',
    outcome: 'unknown',
    findings: [],
    findingCount: 0,
    seen: '3 of 5 faults injected, 2 proven',
    reason: [
      `${of(2)}was not injected: no reason is known`,
      `${of(3)}was not injected: no time`,
      `${of(4)}was not healed: no reason is known`,
      `${of(5)}nothing proves that it happened (exit: running -> code 0; pid: 7 -> 7)`,
    ].join('; '),
  });
});

test('a wrong list fails also when a fault did not come', () => {
  const faults = [{ ...unread, injectedAtMs: null, healedAtMs: null }];
  assert.is(judgeHistory({ ...historyWith([], rightTable), faults }, oracleOf(threeArticles)).outcome, 'fail');
});

test.run();

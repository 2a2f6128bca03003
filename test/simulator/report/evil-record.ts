// test/simulator/report/evil-record.ts — A record whose texts try to become markup, to break a table, or to act on a terminal.
import type { RunRecord } from '../../../simulator/record/run-record.js';
import { PASS } from './sample-record.js';

export const EVIL = '<script>a & b | "c"\u0001\ud800</script>\n#1';

export const evil: RunRecord = {
  ...PASS,
  scenario: { ...PASS.scenario, name: EVIL },
  verdict: {
    outcome: 'fail',
    checks: [{ check: EVIL, outcome: 'fail', seen: EVIL, findings: [{ message: EVIL }], findingCount: 30 }],
    thresholds: [{ threshold: EVIL, ok: false, actual: null, unit: 'ms' }],
  },
};

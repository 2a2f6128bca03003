// simulator/report/finding-names.ts — By which names a run says what it found: the checks that decided, and the bugs that would show just that.

import type { Diagnosis } from '../record/diagnosis-record.js';
import type { CheckResult } from '../record/verdict-record.js';

export function findingNames(checks: readonly CheckResult[], diagnosis: Diagnosis | undefined): string[] {
  const deciding = checks.filter(({ outcome }) => outcome !== 'pass').map(({ check }) => check);
  const bugs = diagnosis?.naming.consistent.map(({ name }) => name) ?? [];
  return [...new Set([...bugs, ...deciding])];
}

export function failingNames(checks: readonly CheckResult[]): string[] {
  return checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
}

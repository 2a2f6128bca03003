// simulator/judge/naming/wrong-run.ts — A judged run whose findings are to be explained.

import type { Calendar } from '../../../contract/calendar.js';
import type { History } from '../../history/history.js';
import type { CodedResult } from '../checks/checker.js';
import type { LogOracle } from '../log/log-oracle.js';
import type { Oracle } from '../oracle/oracle.js';

export interface WrongRun {
  readonly history: History;
  readonly checks: readonly CodedResult[];
  readonly oracle: Oracle;
  readonly log: LogOracle;
  readonly calendar: Calendar;
}

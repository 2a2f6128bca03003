// simulator/judge/checks/load.ts — Did the planned load really happen?
import { type Check, judged, unknown } from './checker.js';

const NAME = 'load';

/** A run that sent nothing, or only a part, has not put the consumer to the planned test. */
const check: Check['check'] = ({ history: { plannedEvents, sends, sendErrors } }) => {
  const seen = `${sends.ok} acknowledged, ${sends.fail} failed, ${sends.info} unknown of ${plannedEvents} planned events`;
  if (sends.ok === 0) return unknown(NAME, seen, `no event was acknowledged${because(sendErrors)}`);
  if (sends.ok + sends.fail + sends.info < plannedEvents)
    return unknown(NAME, seen, 'not every planned event was sent');
  if (sends.fail > 0) return unknown(NAME, seen, `${sends.fail} events could not be sent${because(sendErrors)}`);
  return judged(NAME, seen, []);
};

function because(errors: readonly { readonly reason: string; readonly count: number }[]): string {
  const shown = errors.slice(0, 3).map(({ reason, count }) => `${reason} (${count} times)`);
  return shown.length === 0 ? '' : `: ${shown.join('; ')}`;
}

export const LOAD: Check = { name: NAME, needs: [], check };

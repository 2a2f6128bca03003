// simulator/run/play.ts — Phase 4: the load is played, and what broke beside it is healed.
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { Breakage } from './breakage.js';
import type { RunPorts } from './ports.js';
import type { Watching } from './watching.js';

/** Settles when every send has ended and every fault is over. */
export async function playLoad(
  { load, clock }: Pick<RunPorts, 'load' | 'clock'>,
  { watching, breakage }: { readonly watching: Watching; readonly breakage: Breakage },
): Promise<readonly ProducerThreadResult[]> {
  const finished = load.finished();
  load.start(clock);
  const results = await watching.until(finished);
  await watching.until(breakage.ended());
  return results;
}

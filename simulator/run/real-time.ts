// simulator/run/real-time.ts — The time of a run on real servers: the wall's.
import { wallMs } from '../../contract/clock.js';
import { callEvery, sleep } from '../../contract/waiting.js';
import { type Clocks, ClockWatch, SYSTEM_CLOCKS } from './clock-watch.js';
import type { RunTime } from './ports.js';

export function realTime(signal: AbortSignal, clocks: Clocks = SYSTEM_CLOCKS): RunTime {
  const watch = new ClockWatch(clocks);
  return {
    nowMs: wallMs,
    elapsedMs: clocks.elapsedMs,
    steps: () => {
      watch.read();
      return watch.steps;
    },
    isVirtual: false,
    pass: async (milliseconds, sooner) => {
      await pass(milliseconds, sooner, signal);
      watch.read();
    },
    every: callEvery,
  };
}

async function pass(milliseconds: number, sooner: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  const cutShort = new AbortController();
  const cut = () => cutShort.abort();
  sooner?.then(cut, cut);
  try {
    await sleep(Math.max(0, milliseconds), AbortSignal.any([signal, cutShort.signal]));
  } catch (error) {
    if (!cutShort.signal.aborted) throw error;
  }
  signal.throwIfAborted();
}

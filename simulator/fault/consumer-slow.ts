// simulator/fault/consumer-slow.ts — Consumers get the processor for only a part of the time, as on a shared machine.
import { readFileSync } from 'node:fs';
import { createPause } from '../../contract/waiting.js';
import type { FaultSpec } from '../scenario/schema.js';
import type { Fault } from './fault.js';
import { chosenConsumers, nameOf } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'consumer-slow' }>;

const PERIOD_MS = 200;

export const consumerSlow: Fault<Spec> = {
  async inject({ target, runShare }, context) {
    const consumers = chosenConsumers(target, context);
    let pauses = 0;
    const resume = () => {
      for (const consumer of consumers) consumer.resume();
    };
    const pause = () => {
      pauses += 1;
      for (const consumer of consumers) consumer.pause();
    };
    const started = { ticks: ticksOf(consumers[0]?.pid), atMs: performance.now() };
    let shareOfProcessor = 'unknown';
    const turn = createPause();
    let isHealed = false;
    const slowed = (async () => {
      while (!isHealed) {
        pause();
        await turn.wait(PERIOD_MS * (1 - runShare));
        resume();
        if (!isHealed) await turn.wait(PERIOD_MS * runShare);
      }
    })();
    // A failure goes to the caller of `heal`.
    slowed.catch(() => undefined);
    return {
      targets: consumers.map(nameOf),
      heal: async () => {
        isHealed = true;
        turn.wake();
        await slowed;
        const seconds = (performance.now() - started.atMs) / 1000;
        const ticks = ticksOf(consumers[0]?.pid);
        if (ticks !== undefined && started.ticks !== undefined) {
          shareOfProcessor = `${Math.round((ticks - started.ticks) / seconds)} %`;
        }
      },
      receipt: async () => ({
        proven: pauses > 1,
        facts: [
          { what: 'times it was frozen', before: '0', after: String(pauses) },
          { what: 'processor time', before: `at most ${runShare * 100} % allowed`, after: shareOfProcessor },
        ],
      }),
    };
  },
};

/** Hundredths of a second that a process has spent on processors; undefined when it is gone. */
function ticksOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return undefined;
  }
}

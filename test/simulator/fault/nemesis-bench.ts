// test/simulator/fault/nemesis-bench.ts — A nemesis whose clock is moved by hand and whose faults only write down what is asked of them.
import type { ActiveFault, Fault } from '../../../simulator/fault/fault.js';
import { Nemesis, type NemesisOptions } from '../../../simulator/fault/nemesis.js';
import type { Moment } from '../../../simulator/fault/timeline.js';
import { completeScenario } from '../../../simulator/scenario/load.js';
import type { FaultSpec } from '../../../simulator/scenario/schema.js';

const NOWHERE: Moment = { sentShare: 0, startedPhases: new Set(), endedPhases: new Set(), eventTimeMs: undefined };

export class Bench {
  readonly diary: string[] = [];
  readonly nemesis: Nemesis;
  atMs = 0;

  constructor(faults: readonly Readonly<Record<string, unknown>>[], inject?: Fault<FaultSpec>['inject']) {
    const scenario = completeScenario('x.json', {
      description: 'a test',
      articles: { perDay: 10 },
      arrivals: [{ name: 'rush', shape: 'constant', durationHours: 24, events: 100 }],
      consumers: 3,
      faults: faults.map((fault) => ({ kind: 'consumer-kill', forSeconds: 2, ...fault })),
    });
    const fault: Fault<FaultSpec> = { inject: inject ?? (async () => this.broken()) };
    this.nemesis = new Nemesis({
      faults: scenario.faults,
      faultOf: () => fault,
      context: {} as NemesisOptions['context'],
      seed: 1,
      zone: 'Asia/Seoul',
      now: () => this.atMs,
      say: () => undefined,
    });
  }

  broken(heal: () => Promise<void> = async () => undefined): ActiveFault {
    this.diary.push(`${this.atMs} broken`);
    return {
      targets: ['consumer 1'],
      heal: async () => {
        await heal();
        this.diary.push(`${this.atMs} healed`);
      },
      receipt: async () => ({ proven: true, facts: [] }),
    };
  }

  async at(atMs: number, moment: Partial<Moment> = {}): Promise<void> {
    this.atMs = atMs;
    this.nemesis.tick({ ...NOWHERE, ...moment });
    // Nothing of this waits for time, so what was begun has settled after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

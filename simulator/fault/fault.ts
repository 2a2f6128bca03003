// simulator/fault/fault.ts — A fault breaks one thing on purpose, can heal it, and shows what proves that it was broken.
import type { Admin } from 'kafkajs';
import type { FaultReceipt } from '../history/fault-result.js';
import type { Breakable } from '../infra/breakable.js';
import type { ProducerControl } from '../produce/producer-control.js';
import type { Scenario } from '../scenario/schema.js';
import type { ConsumerControl } from '../sut/consumer-control.js';

/** What is known before anything is started. */
export interface PlanContext {
  readonly scenario: Scenario;
  /** `others`: addresses were given, and we break only what is ours. `containers`: those of docker-compose.yml. */
  readonly servers: 'own' | 'containers' | 'others';
  /** `others`: the consumers run elsewhere already. */
  readonly consumers: 'own' | 'others';
}

export interface Fault<Spec> {
  /** Why this run cannot have the fault, apart from foreign servers; undefined when it can. */
  refusal?(spec: Spec, planContext: PlanContext): string | undefined;
  /** Settles when the break is in effect. @throws NoTargetError when there is nothing to break now */
  inject(spec: Spec, context: FaultContext): Promise<ActiveFault>;
}

export interface ActiveFault {
  /** What was broken: `consumer 2`, `Kafka node 1`. */
  readonly targets: readonly string[];
  /** Settles when it is healed and everything that was started has answered. */
  heal(): Promise<void>;
  /** Whether the group or the cluster has noticed by now. Absent when neither has to. */
  noticed?(): Promise<boolean>;
  /** Whether the effect that proves it has shown. Until then it stays broken for longer, within bounds. Absent when the effect is certain. */
  hasShown?(): Promise<boolean>;
  /** Asked once, after the load has been consumed. */
  receipt(): Promise<FaultReceipt>;
}

/** Every possible target is broken or gone already, so the fault waits. */
export class NoTargetError extends Error {
  override readonly name = 'NoTargetError';
}

/** Takes what must be known before something is broken. While it cannot be seen, the fault waits. @throws NoTargetError */
export async function seenBefore<Seen>(taking: Promise<Seen>): Promise<Seen> {
  try {
    return await taking;
  } catch (error) {
    if (error instanceof NoTargetError) throw error;
    throw new NoTargetError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The parts of a run that faults can reach. */
export interface FaultContext {
  readonly consumers: ConsumerControl;
  readonly producers: ProducerControl;
  /** Connected around the links. */
  readonly admin: Admin;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly copies: Pick<Scenario['topics'], 'replicationFactor' | 'minInSyncReplicas'>;
  readonly keyPrefix: string;
  readonly sessionTimeoutMs: number;
  /** Undefined when the servers are not ours. */
  readonly breakable: Breakable | undefined;
  /** Names of what is broken now; nothing is broken twice at the same time. */
  readonly broken: ReadonlySet<string>;
  /** An integer in [0, limit), from the fault's own random stream. */
  readonly below: (limit: number) => number;
}

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
  /** `others`: addresses were given, and what is not ours is not broken. `containers`: those of docker-compose.yml. */
  readonly servers: 'own' | 'containers' | 'others';
  /** `others`: they run elsewhere already. */
  readonly consumers: 'own' | 'others';
}

export interface Fault<Spec> {
  /** Why it cannot be had there, besides that servers are not ours; undefined when it can. */
  refusal?(spec: Spec, planContext: PlanContext): string | undefined;
  /** Settles when the break is in effect. @throws NoTargetError when there is nothing to break now */
  inject(spec: Spec, context: FaultContext): Promise<ActiveFault>;
}

export interface ActiveFault {
  /** What was broken: `consumer 2`, `Kafka node 1`. */
  readonly targets: readonly string[];
  /** Settles when it is healed, and what was started has answered. */
  heal(): Promise<void>;
  /** Whether others have noticed by now: the group, the cluster. Absent when nobody has to. */
  noticed?(): Promise<boolean>;
  /** Whether it has had the effect that proves it; until then it stays broken for longer, within bounds. Absent when that is certain. */
  hasShown?(): Promise<boolean>;
  /** Asked once, after the load has been consumed. */
  receipt(): Promise<FaultReceipt>;
}

/** All that could be broken is broken or gone: the fault waits. */
export class NoTargetError extends Error {
  override readonly name = 'NoTargetError';
}

/** What must be known before something is broken: while it cannot be seen, the fault waits. @throws NoTargetError */
export async function seenBefore<Seen>(taking: Promise<Seen>): Promise<Seen> {
  try {
    return await taking;
  } catch (error) {
    if (error instanceof NoTargetError) throw error;
    throw new NoTargetError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** What faults reach of a run. */
export interface FaultContext {
  readonly consumers: ConsumerControl;
  readonly producers: ProducerControl;
  /** Around the links. */
  readonly admin: Admin;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly copies: Pick<Scenario['topics'], 'replicationFactor' | 'minInSyncReplicas'>;
  readonly keyPrefix: string;
  readonly sessionTimeoutMs: number;
  /** Undefined when the servers are not ours. */
  readonly breakable: Breakable | undefined;
  /** What is broken now, by name; nothing is broken twice at a time. */
  readonly broken: ReadonlySet<string>;
  /** An integer in [0, limit), of the fault's own stream. */
  readonly below: (limit: number) => number;
}

// simulator/fault/faults.ts — Every kind of fault by its name in a scenario, and which of them a run cannot have.
import type { FaultKind, FaultSpec } from '../scenario/schema.js';
import { consumerExit } from './consumer-exit.js';
import { consumerPause } from './consumer-pause.js';
import { consumerSlow } from './consumer-slow.js';
import { consumerStart } from './consumer-start.js';
import type { Fault, Ground, Part } from './fault.js';

const FAULTS: { readonly [Kind in FaultKind]: Fault<Extract<FaultSpec, { kind: Kind }>> } = {
  'consumer-kill': consumerExit,
  'consumer-stop': consumerExit,
  'consumer-pause': consumerPause,
  'consumer-start': consumerStart,
  'consumer-slow': consumerSlow,
};

/** The fault that a specification is of. */
export function faultOf(spec: FaultSpec): Fault<FaultSpec> {
  // Each kind is mapped to the fault that takes its own specification, which the compiler cannot follow through a variable.
  return FAULTS[spec.kind] as Fault<FaultSpec>;
}

/** What a scenario breaks. */
export function brokenParts(faults: readonly FaultSpec[]): ReadonlySet<Part> {
  return new Set(faults.map((spec) => faultOf(spec).breaks));
}

/** Why a run cannot have its faults, one line each, to be asked before anything is started. */
export function refusals(ground: Ground): string[] {
  return ground.scenario.faults.flatMap((spec, index) => {
    const fault = faultOf(spec);
    const isOthers = fault.breaks !== 'consumers' && !ground.ownsServers;
    const why = isOthers
      ? 'the servers at the addresses given are not this run’s to break; leave out --brokers, --redis, SIM_BROKERS and SIM_REDIS'
      : fault.refusal?.(spec, ground);
    return why === undefined ? [] : [`faults[${index}]: ${spec.kind}: ${why}`];
  });
}

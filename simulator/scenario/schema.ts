// simulator/scenario/schema.ts — A complete scenario: its events are drawn, or given one by one.
import type { Aim } from './aim.js';
import type { GeneratedFields } from './generated.js';
import type { CompleteLiteral } from './literal/literal.js';

interface Named {
  /** The file's base name. */
  readonly name: string;
}

/** The content of the file with every default filled in. */
export type GeneratedScenario = GeneratedFields & Named;
export type LiteralScenario = CompleteLiteral & Named;
/** Only a literal scenario has `events`. */
export type Scenario = GeneratedScenario | LiteralScenario;
export type Phase = GeneratedScenario['arrivals'][number];
export type { Aim, DeliveryPlan } from './aim.js';
export type { FaultSpec } from './fault.js';
export type { FaultTime, FaultTimes } from './fault-time.js';
export type { LiteralRecord } from './literal/literal-record.js';

/** A literal scenario has no directed moves. */
export function aimsOf(scenario: Scenario): readonly Aim[] {
  return 'events' in scenario ? [] : scenario.aim;
}

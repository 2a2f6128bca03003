// simulator/vocabulary/fault-definition.ts — What is said of a fault in the registry.

/** What this run must have started itself, with what beside it. */
export type FaultNeed = 'servers' | 'links' | 'replica';

export interface FaultDefinition {
  /** What it breaks; the nemesis breaks one such thing after the other. */
  readonly breaks: 'consumer' | 'producer' | 'broker' | 'redis' | 'link';
  /** One sentence. */
  readonly does: string;
  readonly needs: readonly FaultNeed[];
  /** By default. */
  readonly forSeconds: number;
  /** What `forSeconds` means, where it is not the time until the fault is healed. */
  readonly lasts?: string;
  /** Each field that only this kind has, and what it says. */
  readonly fields: Readonly<Record<string, string>>;
  /** When its receipt counts as a proof. */
  readonly receipt: string;
}

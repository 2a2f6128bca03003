// simulator/fault/occurrence.ts — One occurrence of a fault: waiting, breaking, broken, being healed, over.
import { withDeadline } from '../../contract/waiting.js';
import type { FaultReceipt, FaultResult } from '../history/fault-result.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type ActiveFault, NoTargetError } from './fault.js';
import { RecoveryWatch, type SeenOffsets } from './recovery.js';

export interface OccurrenceOptions {
  readonly spec: FaultSpec;
  readonly inject: () => Promise<ActiveFault>;
  /** What is whole again. */
  readonly healed: (targets: readonly string[]) => void;
  readonly now: () => number;
  readonly say: (line: string) => void;
  /** After which injecting is given up. */
  readonly breakLimitMs?: number;
}

type State =
  | { readonly name: 'waiting' }
  | { readonly name: 'breaking'; readonly done: Promise<void> }
  | { readonly name: 'broken'; readonly active: ActiveFault; readonly sinceMs: number }
  | { readonly name: 'healing'; readonly done: Promise<void> }
  | { readonly name: 'over' };

/** A broker needs some seconds to come back after a kill, and many on a busy machine. */
const BREAK_MS = 60_000;
const HEAL_MS = 120_000;
const RECEIPT_MS = 15_000;
/** How much longer a fault stays, or is waited for, when other faults hide its effect. */
export const HOLD_MS = 30_000;

export class Occurrence {
  readonly #options: OccurrenceOptions;
  #state: State = { name: 'waiting' };
  #active: ActiveFault | undefined;
  #watch: RecoveryWatch | undefined;
  #injectedAtMs: number | null = null;
  #healedAtMs: number | null = null;
  /** When it could have been healed if its effect had shown. */
  #dueSinceMs: number | undefined;
  #problem: string | undefined;
  readonly #asked = new Set<'noticed' | 'shown'>();

  constructor(options: OccurrenceOptions) {
    this.#options = options;
  }

  get isWaiting(): boolean {
    return this.#state.name === 'waiting';
  }

  /** It waits, as its target was broken already when its time came. */
  get isRefused(): boolean {
    return this.isWaiting && this.#problem !== undefined;
  }

  get isOver(): boolean {
    return this.#state.name === 'over';
  }

  /** @param mayHeal as far as the load decides; it also stays for its own time, and until its effect has shown */
  advance({ mayInject, mayHeal }: { readonly mayInject: boolean; readonly mayHeal: boolean }): void {
    const state = this.#state;
    const { now, spec } = this.#options;
    if (state.name === 'waiting' && mayInject) this.#state = { name: 'breaking', done: this.#break() };
    if (state.name !== 'broken' || !mayHeal || now() < state.sinceMs + spec.forSeconds * 1000) return;
    this.#dueSinceMs ??= now();
    if (!state.active.hasShown || now() - this.#dueSinceMs >= HOLD_MS) void this.heal();
    else this.#ask('shown', state.active.hasShown, () => void this.heal());
  }

  /** Settles when it is healed, or was never broken. Never rejects; problems are in the result. */
  async heal(): Promise<void> {
    if (this.#state.name === 'breaking') await this.#state.done;
    if (this.#state.name === 'broken') this.#state = { name: 'healing', done: this.#heal(this.#state.active) };
    if (this.#state.name === 'healing') await this.#state.done;
  }

  /** Asks whether the group or the cluster has noticed. */
  inspect(): void {
    const [active, watch] = [this.#active, this.#watch];
    if (!active?.noticed || !watch || watch.isNoticed) return;
    this.#ask('noticed', active.noticed, () => watch.noticed(this.#options.now()));
  }

  /** One question of a kind at a time. */
  #ask(what: 'noticed' | 'shown', question: () => Promise<boolean>, whenSo: () => void): void {
    if (this.#asked.has(what)) return;
    this.#asked.add(what);
    question()
      .then((isSo) => isSo && whenSo())
      // Asking may fail while something is broken.
      .catch(() => undefined)
      .finally(() => this.#asked.delete(what));
  }

  offsets(atMs: number, seen: readonly SeenOffsets[]): void {
    this.#watch?.offsets(atMs, seen);
  }

  async result(): Promise<FaultResult> {
    const { spec } = this.#options;
    const { kind } = spec;
    const target = this.#active?.targets.join(', ') ?? ('target' in spec ? spec.target : 'consumers');
    const times = { injectedAtMs: this.#injectedAtMs, healedAtMs: this.#healedAtMs };
    if (!this.#active || !this.#watch) {
      return { kind, target, ...times, problem: this.#problem ?? 'the load was over before its time came' };
    }
    const receipt = await this.#receipt(this.#active);
    const problem = this.#problem;
    const recovery = this.#watch.result;
    return { kind, target, ...times, ...(receipt ? { receipt } : {}), recovery, ...(problem ? { problem } : {}) };
  }

  async #receipt(active: ActiveFault): Promise<FaultReceipt | undefined> {
    try {
      return await withDeadline(active.receipt(), RECEIPT_MS);
    } catch (error) {
      this.#problem ??= `its receipt could not be had: ${messageOf(error)}`;
      return undefined;
    }
  }

  async #break(): Promise<void> {
    const { inject, now, say, spec, breakLimitMs = BREAK_MS } = this.#options;
    const startedAtMs = now();
    const breaking = inject();
    try {
      const active = await withDeadline(breaking, breakLimitMs);
      this.#active = active;
      this.#injectedAtMs = Math.round(startedAtMs);
      this.#watch = new RecoveryWatch(startedAtMs);
      this.#problem = undefined;
      this.#state = { name: 'broken', active, sinceMs: now() };
      say(`fault: ${spec.kind} of ${active.targets.join(', ')}`);
    } catch (error) {
      this.#problem = messageOf(error);
      void this.#healLate(breaking);
      // Its target may become free again.
      this.#state = error instanceof NoTargetError ? { name: 'waiting' } : { name: 'over' };
    }
  }

  /** Heals at once what breaks after it was given up. Never rejects. */
  async #healLate(breaking: Promise<ActiveFault>): Promise<void> {
    const active = await breaking.catch(() => undefined);
    if (!active) return;
    try {
      await active.heal();
    } catch (error) {
      this.#problem = `came too late, and could not be healed: ${messageOf(error)}`;
      this.#options.say(`fault: ${this.#options.spec.kind} ${this.#problem}`);
    }
    this.#options.healed(active.targets);
  }

  async #heal(active: ActiveFault): Promise<void> {
    const { now, say, spec, healed } = this.#options;
    try {
      await withDeadline(active.heal(), HEAL_MS);
      this.#healedAtMs = Math.round(now());
      this.#watch?.healed(now());
      say(`healed: ${spec.kind} of ${active.targets.join(', ')}`);
    } catch (error) {
      this.#problem = `could not be healed: ${messageOf(error)}`;
    }
    healed(active.targets);
    this.#state = { name: 'over' };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

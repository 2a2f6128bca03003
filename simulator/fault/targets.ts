// simulator/fault/targets.ts — A target as the scenario names it -> what it is now, without what is broken already.

import type { ControlledConsumer } from '../sut/consumer-control.js';
import { type FaultContext, NoTargetError } from './fault.js';

/** @param target `consumer:random`, `consumer:all` or `consumer:2`. @throws NoTargetError */
export function chosenConsumers(
  target: string,
  { consumers, broken, below }: Pick<FaultContext, 'consumers' | 'broken' | 'below'>,
): readonly ControlledConsumer[] {
  const usable = consumers.all().filter((one) => one.state === 'running' && !broken.has(nameOf(one)));
  return chosen({ target, usable, below, isNamed: (one, name) => name === `consumer:${one.number}` });
}

export function nameOf({ number }: ControlledConsumer): string {
  return `consumer ${number}`;
}

export interface Choice<One> {
  readonly target: string;
  readonly usable: readonly One[];
  readonly below: (limit: number) => number;
  readonly isNamed: (one: One, target: string) => boolean;
}

export function chosen<One>({ target, usable, below, isNamed }: Choice<One>): readonly One[] {
  const named = target.endsWith(':all') ? usable : usable.filter((one) => isNamed(one, target));
  const found = target.endsWith(':random') ? usable.slice(below(usable.length)).slice(0, 1) : named;
  if (found.length === 0) throw new NoTargetError(`nothing to break: ${target} is broken already, or gone`);
  return found;
}

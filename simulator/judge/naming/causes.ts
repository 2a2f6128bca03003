// simulator/judge/naming/causes.ts — The names that the judge gives: those of the registry. A record that is read may have others.
import type { NamedBug, Naming } from '../../record/diagnosis-record.js';
import type { CauseName } from '../../vocabulary/bugs.js';

export interface Cause<Name extends CauseName = CauseName> extends NamedBug {
  readonly name: Name;
}

export interface Causes<Name extends CauseName = CauseName> extends Naming {
  readonly consistent: readonly Cause<Name>[];
  readonly partly: readonly (Cause<Name> & { readonly share: number })[];
  readonly not: readonly Name[];
  readonly untested: readonly Name[];
}

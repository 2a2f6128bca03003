// simulator/vocabulary/faults.ts — The registry of faults: what each breaks, what it needs, its own fields, and what proves that it happened.
import { FAULTS_OF_CLIENTS } from './faults-of-clients.js';
import { FAULTS_OF_LINKS } from './faults-of-links.js';
import { FAULTS_OF_SERVERS } from './faults-of-servers.js';

/** The order is that of the docs. */
export const FAULTS = {
  ...FAULTS_OF_CLIENTS,
  ...FAULTS_OF_SERVERS,
  ...FAULTS_OF_LINKS,
} as const;
export type FaultKind = keyof typeof FAULTS;

/** Names of the fields that only this kind has. */
export type FaultField<Kind extends FaultKind> = keyof (typeof FAULTS)[Kind]['fields'];

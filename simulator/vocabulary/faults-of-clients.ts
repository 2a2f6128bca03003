// simulator/vocabulary/faults-of-clients.ts — The faults of consumers and producers.
import type { FaultDefinition } from './fault-definition.js';

export const FAULTS_OF_CLIENTS = {
  'consumer-kill': {
    breaks: 'consumer',
    does: 'SIGKILL. Another process takes its place when it is healed.',
    needs: [],
    forSeconds: 1,
    fields: {},
    receipt: 'Each process ended by SIGKILL, and another one runs in its place.',
  },
  'consumer-stop': {
    breaks: 'consumer',
    does: 'SIGTERM. Another process takes its place when it is healed.',
    needs: [],
    forSeconds: 1,
    fields: {},
    receipt: 'Each process ended by itself, and another one runs in its place.',
  },
  'consumer-pause': {
    breaks: 'consumer',
    does: 'SIGSTOP, then SIGCONT. A pause longer than the session timeout makes it a zombie.',
    needs: [],
    forSeconds: 9,
    fields: {},
    receipt: 'The kernel says that it was stopped. A zombie must also have left the group.',
  },
  'consumer-start': {
    breaks: 'consumer',
    does: 'More consumers join the group, and leave it when it is healed.',
    needs: [],
    forSeconds: 3,
    fields: { instances: 'How many consumers join.' },
    receipt: 'The group had as many new members, and each process ended by itself.',
  },
  'consumer-slow': {
    breaks: 'consumer',
    does: 'The process gets the processor for only a part of the time.',
    needs: [],
    forSeconds: 5,
    fields: { runShare: 'Share of the time in which it runs.' },
    receipt: 'It was frozen more than once.',
  },
  'producer-kill': {
    breaks: 'producer',
    does: 'A producer thread ends with batches on their way. Another goes on with its lanes when it is healed.',
    needs: [],
    forSeconds: 1,
    fields: {},
    receipt: 'Each thread was ended from outside, and another one runs in its place.',
  },
} as const satisfies Readonly<Record<string, FaultDefinition>>;

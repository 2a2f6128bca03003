// simulator/vocabulary/faults-of-links.ts — The faults of the ways to Kafka nodes and to Redis.
import type { FaultDefinition } from './fault-definition.js';

export const FAULTS_OF_LINKS = {
  'link-latency': {
    breaks: 'link',
    does: 'Everything that goes through takes longer.',
    needs: ['servers', 'links'],
    forSeconds: 5,
    fields: { latencyMs: 'Added in each direction.', jitterMs: 'Random addition, up to this much more or less.' },
    receipt: 'The link counts data that it delayed.',
  },
  'link-bandwidth': {
    breaks: 'link',
    does: 'Only a limited number of bytes goes through.',
    needs: ['servers', 'links'],
    forSeconds: 5,
    fields: { bytesPerSecond: 'In each direction, for all connections together.' },
    receipt: 'The link counts data that it delayed.',
  },
  'link-drop': {
    breaks: 'link',
    does: 'Nothing goes through, and neither end notices.',
    needs: ['servers', 'links'],
    forSeconds: 4,
    fields: { direction: 'The direction in which nothing goes through.' },
    receipt: 'The link counts bytes that it held back.',
  },
  'link-reset': {
    breaks: 'link',
    does: 'Every connection is reset.',
    needs: ['servers', 'links'],
    forSeconds: 0.1,
    fields: {},
    receipt: 'The link counts connections that it reset.',
  },
  'lost-replies': {
    breaks: 'link',
    does: 'Writes are carried out, and their connection is reset before the reply.',
    needs: ['servers', 'links'],
    forSeconds: 5,
    fields: { replies: 'How many replies are lost.' },
    receipt: 'The link counts replies that it lost.',
  },
} as const satisfies Readonly<Record<string, FaultDefinition>>;

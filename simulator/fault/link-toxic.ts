// simulator/fault/link-toxic.ts — The way to Redis or to Kafka nodes is slow, narrow, silent, cut, or loses replies.
import { elementAt } from '../../contract/assert.js';
import type { Breakable, Link, LinkCounters, Toxics } from '../infra/breakable.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, NoTargetError } from './fault.js';
import { chosen } from './targets.js';

type Kind = 'link-latency' | 'link-bandwidth' | 'link-drop' | 'link-reset' | 'lost-replies';
type Spec = Extract<FaultSpec, { kind: Kind }>;

/** The counter that a fault moves when it has an effect. */
const EVIDENCE: Readonly<Record<Kind, keyof LinkCounters>> = {
  'link-latency': 'delayedChunks',
  'link-bandwidth': 'delayedChunks',
  'link-drop': 'droppedBytes',
  'link-reset': 'resets',
  'lost-replies': 'lostReplies',
};

export const linkToxic: Fault<Spec> = {
  async inject(spec, context) {
    const links = chosenLinks(spec.target, context);
    const counter = EVIDENCE[spec.kind];
    const before = links.map((link) => link.counters());
    const toxics = toxicsOf(spec);
    for (const link of links) {
      if (toxics) link.set(toxics);
      else link.reset();
    }
    const wasReset = links.some((link, i) => link.counters().resets > elementAt(before, i).resets);
    if (!toxics && !wasReset) throw new NoTargetError('there is no connection that could be reset');
    const hasMoved = (now: readonly LinkCounters[]) =>
      now.some((counters, i) => counters[counter] > elementAt(before, i)[counter]);
    let atEnd = before;
    return {
      targets: links.map(({ name }) => name),
      heal: async () => {
        atEnd = links.map((link) => link.counters());
        for (const link of links) link.set({});
      },
      hasShown: async () => hasMoved(links.map((link) => link.counters())),
      receipt: async () => ({
        proven: hasMoved(atEnd),
        facts: links.flatMap((link, i) => [
          {
            what: `${counter} of the ${link.name}`,
            before: String(elementAt(before, i)[counter]),
            after: String(elementAt(atEnd, i)[counter]),
          },
          {
            what: `connections so far of the ${link.name}`,
            before: String(elementAt(before, i).connections),
            after: String(link.counters().connections),
          },
        ]),
      }),
    };
  },
};

/** Undefined for a reset, which is an event and no state. */
function toxicsOf(spec: Spec): Toxics | undefined {
  if (spec.kind === 'link-latency') return { latencyMs: spec.latencyMs, jitterMs: spec.jitterMs };
  if (spec.kind === 'link-bandwidth') return { bytesPerSecond: spec.bytesPerSecond };
  if (spec.kind === 'link-drop') return { drop: spec.direction };
  return spec.kind === 'lost-replies' ? { loseReplies: spec.replies } : undefined;
}

function chosenLinks(
  target: string,
  context: {
    readonly breakable: Breakable | undefined;
    readonly broken: ReadonlySet<string>;
    readonly below: (limit: number) => number;
  },
): readonly Link[] {
  const { kafka = [], redis } = context.breakable?.links ?? {};
  if (!redis) throw new NoTargetError('there are no links');
  const named: Readonly<Record<string, readonly Link[]>> = {
    'link:redis': [redis],
    ...Object.fromEntries(kafka.map((link, index) => [`link:broker:${index + 1}`, [link]])),
  };
  const all = target.startsWith('link:brokers:') ? kafka : (named[target] ?? [redis, ...kafka]);
  // A server that is broken itself has no traffic.
  const isUsable = ({ name }: Link) => !context.broken.has(name) && !context.broken.has(name.replace(/^link to /, ''));
  const usable = all.filter(isUsable);
  const role = /:(?:all|random)$/.exec(target)?.[0] ?? ':all';
  return chosen({ target: role, usable, below: context.below, isNamed: () => true });
}

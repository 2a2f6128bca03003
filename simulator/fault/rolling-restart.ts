// simulator/fault/rolling-restart.ts — Kafka nodes end and start again one after the other, as at an upgrade.
import { sleep } from '../../contract/waiting.js';
import type { BreakableServer } from '../infra/breakable.js';
import type { FaultSpec } from '../scenario/schema.js';
import { clusterText, clusterWhen, inspectCluster, isWhole } from './cluster.js';
import { type Fault, type FaultContext, NoTargetError, seenBefore } from './fault.js';

type Spec = Extract<FaultSpec, { kind: 'rolling-restart' }>;

interface Restart {
  readonly node: BreakableServer;
  readonly pids: readonly [before: number | undefined, after: number | undefined];
  readonly away: string;
}

const WHOLE_WITHIN_MS = 60_000;

export const rollingRestart: Fault<Spec> = {
  async inject({ forSeconds }, context) {
    const nodes = context.breakable?.kafka ?? [];
    if (nodes.some(({ name }) => context.broken.has(name))) throw new NoTargetError('a Kafka node is broken already');
    if (!isWhole(await seenBefore(inspectCluster(context))))
      throw new NoTargetError('a copy of a partition is not in sync');
    const restarts: Restart[] = [];
    const all = (async () => {
      for (const node of nodes) restarts.push(await restart(node, forSeconds, context));
    })();
    // A failure goes to the caller of `heal`.
    all.catch(() => undefined);
    return {
      targets: nodes.map(({ name }) => name),
      heal: () => all,
      receipt: async () => ({
        proven: restarts.length === nodes.length && restarts.every(({ pids: [before, after] }) => before !== after),
        facts: restarts.map(({ node, pids, away }) => ({
          what: `process of ${node.name}`,
          before: String(pids[0]),
          after: `${pids[1]}; while it was away it ${away}`,
        })),
      }),
    };
  },
};

async function restart(node: BreakableServer, awaySeconds: number, context: FaultContext): Promise<Restart> {
  const before = node.pid();
  await node.terminate();
  await sleep(awaySeconds * 1000);
  const whole = { ...context, broken: new Set<string>() };
  const away = await inspectCluster(whole, node).then(
    (cluster) => clusterText(cluster, node.nodeId),
    () => 'could not be asked for',
  );
  await node.start();
  await inSync(whole);
  return { node, pids: [before, node.pid()], away };
}

/** The next node must not go before this one has every copy again. */
async function inSync(context: FaultContext): Promise<void> {
  if (await clusterWhen(isWhole, context, WHOLE_WITHIN_MS)) return;
  throw new Error(`not every partition was in sync within ${WHOLE_WITHIN_MS} ms`);
}

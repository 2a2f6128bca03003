// simulator/cli/handlers/up.ts — `sim up`: keeps a Kafka and a Redis running between runs.

import { calledAs, InfraError } from '../../errors.js';
import { endUp, findUp, startUp } from '../../infra/up/up-servers.js';
import { readUpState, type UpState } from '../../infra/up/up-state.js';

export interface UpCommandOptions {
  readonly nodes: 1 | 3;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Does nothing when they are up. @throws InfraError */
export async function up(options: UpCommandOptions): Promise<void> {
  const { say } = options;
  const before = await readUpState();
  if (before !== undefined) {
    const found = await findUp({ nodes: 1, say: () => undefined });
    if (found.kafka && found.redis) return reportUp(before, options);
    say(`what \`${calledAs()} up\` started before does not answer any more: clearing it away`);
    await endUp(before);
  }
  const state = await startUp(options);
  if (state === undefined) return up(options);
  say(describeUp(state));
  say(`\`${calledAs()} run\` uses them now; \`${calledAs()} down\` ends them`);
}

function reportUp(state: UpState, { nodes, say }: UpCommandOptions): void {
  if (state.nodes < nodes) {
    throw new InfraError(`expected ${nodes} brokers, but \`${calledAs()} up\` already keeps ${state.nodes}`, {
      hint: `${calledAs()} down && ${calledAs()} up --nodes ${nodes}`,
    });
  }
  say(`already up since ${state.startedAt}`);
  say(describeUp(state));
}

function describeUp({ kafka, redis }: UpState): string {
  return `up: Kafka ${kafka.version ?? ''} at ${kafka.brokers.join(',')}, Redis ${redis.version ?? ''} at ${redis.url}`;
}

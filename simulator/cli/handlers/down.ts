// simulator/cli/handlers/down.ts — `sim down`: ends what `sim up` started, and nothing else.
import { endUp } from '../../infra/up/up-servers.js';
import { readUpState } from '../../infra/up/up-state.js';

export async function down({ say }: { readonly say: (line: string) => void }): Promise<void> {
  const state = await readUpState();
  if (state === undefined) return say('nothing is up');
  const ended = await endUp(state);
  if (ended === state.processes.length) return say('down: Kafka and Redis are stopped, their data removed');
  say(
    `down: ${ended} of ${state.processes.length} processes still ran and were stopped; the others had ended before ` +
      '(a restart of the machine?); their data is removed',
  );
}

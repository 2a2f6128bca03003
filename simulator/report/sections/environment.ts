// simulator/report/sections/environment.ts — What ran where, and how to run it again, for the page.
import type { RunRecord, Server } from '../../record/run-record.js';
import { type Block, type Section, table, text } from '../document.js';
import { bytes, instant } from '../format.js';
import { replayOf } from '../scenario-facts.js';

export function environmentSection({ machine, servers, simVersion, startedAt, finishedAt }: RunRecord): Section {
  const rows = [
    ['sim', `${simVersion}, on Node.js ${machine.node}`],
    ['Machine', `${machine.cpus} × ${machine.cpuModel}, ${bytes(machine.memoryBytes)} of memory, ${machine.platform}`],
    ['Kafka', servers ? serverText(servers.kafka) : 'not reached'],
    ['Redis', servers ? serverText(servers.redis) : 'not reached'],
    ['Time', `${instant(startedAt)} to ${instant(finishedAt)}`],
  ];
  const blocks = [table('Machine and servers', ['What', 'Which'], rows)];
  return { id: 'environment', title: 'Environment', media: ['page'], blocks };
}

function serverText({ mode, why, version }: Server): string {
  return `${mode}${version === undefined ? '' : `, version ${version}`} (${why})`;
}

export function replaySection(record: RunRecord): Section {
  const { scenario } = record;
  const patches: Block[] =
    scenario.settings.length === 0
      ? []
      : [text(`Changed by ${scenario.settings.join(' ')}; the scenario below has these changes.`)];
  const complete = JSON.stringify(scenario.resolved, null, 2) ?? 'not recorded';
  return {
    id: 'replay',
    title: 'Run it again',
    media: ['page'],
    blocks: [
      text(`Seed ${scenario.seed} plays the same events again, byte for byte, with any number of producer threads:`),
      { kind: 'code', text: replayOf(record) },
      ...patches,
      {
        kind: 'fold',
        title: 'The complete scenario, defaults filled in',
        isOpen: false,
        blocks: [{ kind: 'code', text: complete }],
      },
    ],
  };
}

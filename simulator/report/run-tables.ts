// simulator/report/run-tables.ts — What ran where, and how to run it again, for report.html.
import type { RunRecord, Server } from '../record/run-record.js';
import { bytes, instant } from './format.js';
import { html, type Markup } from './markup.js';
import { replayCommand } from './scenario-facts.js';

export function environmentSection({ machine, servers, simVersion, startedAt, finishedAt }: RunRecord): Markup {
  const rows: (readonly [string, string | Markup])[] = [
    ['sim', `${simVersion}, on Node.js ${machine.node}`],
    ['Machine', `${machine.cpus} × ${machine.cpuModel}, ${bytes(machine.memoryBytes)} of memory, ${machine.platform}`],
    ['Kafka', servers ? server(servers.kafka) : 'not reached'],
    ['Redis', servers ? server(servers.redis) : 'not reached'],
    ['Time', `${instant(startedAt)} to ${instant(finishedAt)}`],
  ];
  const row = ([name, value]: readonly [string, string | Markup]) =>
    html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
  return html`<section id="environment"><h2>Environment</h2><table class="facts"><caption class="unseen">Machine and servers</caption><tbody>${rows.map(row)}</tbody></table></section>`;
}

function server({ mode, why, version }: Server): Markup {
  return html`${mode}${version === undefined ? '' : `, version ${version}`} <span class="soft">(${why})</span>`;
}

export function replaySection(record: RunRecord): Markup {
  const { scenario } = record;
  const settings =
    scenario.settings.length === 0
      ? ''
      : html`<p>Patched by ${code(scenario.settings)}; the file below has the patches in it.</p>`;
  return html`<section id="replay"><h2>Run it again</h2>
<p>Seed ${scenario.seed} plays the same events again, byte for byte, with any number of producers:</p>
<pre><code>${replayCommand(record)}</code></pre>${settings}
<details><summary>The complete scenario, defaults filled in</summary><pre><code>${JSON.stringify(scenario.resolved, null, 2) ?? 'not recorded'}</code></pre></details></section>`;
}

function code(words: readonly string[]): Markup[] {
  return words.map((word) => html`<code>${word}</code>`);
}

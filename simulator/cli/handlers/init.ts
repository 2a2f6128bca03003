// simulator/cli/handlers/init.ts — `sim init`: a commented scenario to start from.
import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { calledAs, EXIT, shellWord, UsageError } from '../../errors.js';
import { projectFile } from '../../infra/machine/project-file.js';
import { makeFolder } from '../../record/make-folder.js';
import { writeNamedFile } from '../write-file.js';

export async function init(name: string, { force }: { readonly force: boolean }): Promise<number> {
  if (name.endsWith('/') || /^\.*$/.test(basename(name)))
    throw new UsageError(`name the scenario: ${calledAs()} init my-day`);
  const file = extname(name) === '' ? `${name.includes('/') ? name : join('scenarios', name)}.json` : name;
  await makeFolder(dirname(file)).catch((error: Error) => {
    throw new UsageError(`${file} cannot be written: ${error.message}`, { cause: error });
  });
  await writeNamedFile({ path: file, from: 'init', force }, starter(schemaFrom(dirname(file))));
  const [sim, word] = [calledAs(), shellWord(file)];
  process.stdout.write(`${file}\n  look   ${sim} plan ${word}\n  run    ${sim} run ${word}\n`);
  return EXIT.pass;
}

/** The schema that comes with sim, as editors find it from a folder. */
function schemaFrom(folder: string): string {
  const path = relative(realpathSync(resolve(folder)), realpathSync(projectFile('scenarios', 'scenario.schema.json')));
  return path.startsWith('.') ? path : `./${path}`;
}

function starter(schema: string): string {
  return `{
  "$schema": ${JSON.stringify(schema)},
  "description": "Say here what this scenario shows.",

  // The same seed plays the same events, byte for byte.
  "seed": 42,

  // Event time starts here, in the zone of the rules, and runs this many times as fast as wall time: 1440 is a day in a minute.
  "clock": { "start": "2024-10-01T00:00:00", "speed": 2880 },
  // "pace": "max",                       // unpaced, to measure throughput

  "articles": { "perDay": 10000, "deleteRate": 0.01 },

  // One phase after the other: constant, ramp, step, stairs, spike or diurnal; give events, or eventsPerSecond of wall time.
  "arrivals": [
    { "name": "morning", "shape": "ramp", "durationHours": 8, "events": 40000, "warmUp": true },
    { "name": "day", "shape": "diurnal", "durationHours": 14, "events": 150000 },
    { "name": "late rush", "shape": "spike", "durationHours": 2, "events": 30000, "factor": 5 }
  ],

  // What articles receive, relative to each other.
  "mix": { "view": 80, "like": 10, "unlike": 2, "comment": 7, "commentDelete": 1 },

  // Directed moves, for what chance does not find: "leaders-fall", "ties", "swap", "unlike-storm", "yesterday", ...
  "aim": [{ "kind": "leaders-fall", "leaders": 30, "minutesBeforeClose": 30 }],

  // Imperfect sending: duplicates, resend, skewSeconds, late, wrongClocks, poisonShare.
  // "delivery": { "duplicates": { "share": 0.05, "delaySeconds": 30 }, "late": { "share": 0.02, "byMinutes": 20 } },

  // "topics": { "partitions": 6 },
  // "consumers": 2,

  // Exit code 3 when one is missed.
  "thresholds": [{ "metric": "endToEnd", "statistic": "p99", "below": 1000 }],

  // What the run must end with for exit code 0.
  "expect": { "verdict": "pass" }
}
`;
}

// simulator/cli/commands/plan.ts — `sim plan`: what a scenario would do, without any server.
import { STREAMS } from '../../../contract/events.js';
import { EXIT } from '../../errors.js';
import { enabledFaults } from '../../fault/faults.js';
import { bytes, count, duration } from '../../report/format.js';
import { planWarnings } from '../../run/plan-warnings.js';
import { loadMatrix, type Setting } from '../../scenario/load.js';
import { type Aim, aimsOf, type FaultSpec } from '../../scenario/schema.js';
import { fittedTo } from '../../sut/fit.js';
import { loadSut } from '../../sut/load.js';
import { type Plan, planOf } from '../../workload/plan.js';
import { rateCurve, type Survey, survey } from '../../workload/survey.js';

const COLUMNS = 72;
const BLOCKS = '▁▂▃▄▅▆▇█';
/** A survey of more would take too long to wait for. */
const MAX_EVENTS = 5_000_000;
/** Measured by `npm run bench` on two processors; only for the estimate. */
const UNPACED_EVENTS_PER_SECOND = 50_000;
const BYTES_PER_ARTICLE = 90;
const BASE_BYTES = 200_000_000;
const STARTING_MS = 8000;

export async function planCommand(
  file: string,
  options: { settings: readonly string[]; hash: boolean; sut?: string | undefined },
): Promise<number> {
  const sut = options.sut === undefined ? undefined : await loadSut(options.sut);
  const { scenario, settings } = await loadMatrix(file, options.settings, sut?.scenario);
  const plan = planOf(sut ? fittedTo(sut, scenario) : scenario);
  const found = survey(plan, options.hash ? undefined : MAX_EVENTS);
  if (options.hash) process.stdout.write(`${found.hash}\n`);
  else process.stdout.write(`${planText(plan, found)}${settings.map(settingText).join('')}`);
  return EXIT.pass;
}

/** @param found may be of the first events only: figures are then projected to the whole plan */
export function planText(plan: Plan, found: Survey): string {
  const { scenario } = plan;
  const scale = plan.events / found.events;
  const paced = scenario.pace === 'paced';
  const loadMs = paced
    ? (plan.endMs - plan.startMs) / scenario.clock.speed
    : (plan.events / UNPACED_EVENTS_PER_SECOND) * 1000;
  const records = STREAMS.map((stream) => {
    const { records, bytes: size } = found.byStream[stream];
    return `    ${stream.padEnd(9)} ${count(records * scale).padStart(13)} records ${bytes(Math.round(size * scale)).padStart(9)}`;
  });
  const types = Object.entries(found.byType).map(
    ([type, events]) =>
      `    ${type.toLowerCase().replaceAll('_', ' ').padEnd(17)} ${count(events * scale).padStart(13)}`,
  );
  const all = sum(found.byPartition);
  const most = Math.max(...found.byPartition);
  const size = sum(STREAMS.map((stream) => found.byStream[stream].bytes)) * scale;
  const lines = [
    `${scenario.name}: ${scenario.description}`,
    '',
    `  ${count(plan.events)} events on ${count(plan.articles)} new articles, seed ${scenario.seed}`,
    ...(found.records > found.events
      ? [`  ${count(found.records * scale)} records, with what is sent again and what nobody can decode`]
      : []),
    `  ${plan.days.map((day) => day.day).join(', ')} in ${scenario.rules.zone}`,
    ...chart(plan, paced),
    '',
    scale === 1 ? '  by type' : `  by type, estimated from the first ${count(found.events)} events of all lanes`,
    ...types,
    '  by topic',
    ...records,
    '',
    `  run time     about ${duration(loadMs + STARTING_MS)}, with ${duration(loadMs)} of load ${paced ? `at ${scenario.clock.speed} times real time` : 'unpaced'}`,
    `  memory       about ${bytes(BASE_BYTES + plan.articles * BYTES_PER_ARTICLE)} in sim`,
    `  bytes        ${bytes(Math.round(size))} of record values, ${Math.round(size / scale / all)} a record`,
    `  hottest      partition ${found.byPartition.indexOf(most)} of ${plan.lanes} has ${((most / all) * 100).toFixed(1)}% of the records`,
    ...aimTexts(aimsOf(scenario), found.aimed),
    ...planWarnings(plan).map((warning) => `  warning      ${warning}`),
    ...enabledFaults(scenario).map((fault) => `  fault        ${faultText(fault, plan)}`),
    `  stream hash  ${found.hash ?? `not taken above ${count(MAX_EVENTS)} events; --hash takes the time`}`,
  ];
  return `${lines.join('\n')}\n`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** What each directed move comes to. */
function aimTexts(aims: readonly Aim[], aimed: Survey['aimed']): string[] {
  return aims.map(({ kind }, index) => {
    const { moves = 0, left = 0 } = aimed?.[index] ?? {};
    if (!aimed) return `  aim          ${kind}`;
    if (moves === 0) return `  aim          ${kind}: moves nothing here`;
    return `  aim          ${kind}: ${count(moves)} events${left > 0 ? `; ${count(left)} more find no time` : ''}`;
  });
}

/** Each is a run of the plan, with its own patches; they say whether it differs. */
function settingText({ name, scenario }: Setting, index: number): string {
  const { events, startMs, endMs } = planOf(scenario);
  const load = scenario.pace === 'paced' ? `, ${duration((endMs - startMs) / scenario.clock.speed)} of load` : '';
  return `  setting ${index + 1}    ${name}: ${count(events)} events${load}, expected to end with ${scenario.expect.verdict}\n`;
}

/** `consumer-kill of consumer:random at 20 % of the load, in phase morning, for 1 s, 3 times every 5 s` */
function faultText(fault: FaultSpec, plan: Plan): string {
  const target = 'target' in fault ? ` of ${fault.target}` : '';
  return `${fault.kind}${target} ${timesText(fault, plan)}`;
}

/** In which a share of the load has been sent. */
function phaseAt({ phases, events }: Plan, share: number): string {
  let left = share * events;
  const phase = phases.find((one) => {
    left -= one.events;
    return left <= 0;
  });
  return phase?.name ?? '';
}

function timesText({ at, during, every, forSeconds }: FaultSpec, plan: Plan): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  if (during) {
    if ('phase' in during) return `during phase ${during.phase}`;
    return 'time' in during
      ? `from ${during.time.join(' to ')}`
      : `from ${during.progress.map(percent).join(' to ')} of the load`;
  }
  if (!at) return '';
  const shareText = (share: number) => `${percent(share)} of the load, in phase ${phaseAt(plan, share)}`;
  const when = 'progress' in at ? shareText(at.progress) : 'phase' in at ? `phase ${at.phase}` : at.time;
  const once = `at ${when}, for ${forSeconds} s`;
  if (!every) return once;
  const gap =
    'seconds' in every ? `${every.seconds} s` : 'minutes' in every ? `${every.minutes} min` : percent(every.progress);
  return `${once}, ${every.times} times every ${gap}`;
}

/** Rate over the plan, in events per second of wall time when paced. */
function chart(plan: Plan, paced: boolean): string[] {
  const speed = paced ? plan.scenario.clock.speed : 1;
  const rates = rateCurve(plan, COLUMNS).map((rate) => rate * speed);
  const most = Math.max(...rates);
  const bars = rates.map(
    (rate) => BLOCKS[Math.min(BLOCKS.length - 1, Math.floor((rate / most) * BLOCKS.length))] ?? ' ',
  );
  const first = plan.phases.filter(({ day }) => day === 0);
  const names = first.map((phase) => `${phase.name} (${count(phase.events)})`).join(', ');
  const repeats = (plan.phases.at(-1)?.day ?? 0) + 1;
  const days = repeats > 1 ? `, on each of ${repeats} days` : '';
  const unit = paced ? 'events/s' : 'events per second of event time';
  return ['', `  ${bars.join('')}`, `  at most ${count(most)} ${unit}; phases: ${names}${days}`];
}

// simulator/cli/handlers/plan-text.ts — A plan, and a survey of its events, as the text that `sim plan` shows.
import { STREAMS } from '../../../contract/events.js';
import { enabledFaults } from '../../fault/faults.js';
import { bytes, count, duration } from '../../report/format.js';
import { visible } from '../../report/print/visible.js';
import { planWarnings } from '../../run/plan-warnings.js';
import type { Setting } from '../../scenario/load.js';
import { type Aim, aimsOf, type FaultSpec } from '../../scenario/schema.js';
import { type Plan, planOf } from '../../workload/plan.js';
import { rateCurve, type Survey } from '../../workload/survey.js';

const COLUMNS = 72;
const BLOCKS = '▁▂▃▄▅▆▇█';
/** A survey of more events would take too long to wait for. */
export const MAX_SURVEYED_EVENTS = 5_000_000;
/** Measured by `npm run bench` on two processors; only for the estimate. */
const UNPACED_EVENTS_PER_SECOND = 50_000;
const BYTES_PER_ARTICLE = 90;
const BASE_BYTES = 200_000_000;
const STARTING_MS = 8000;

/** @param found of the whole plan, or of its first events: then figures are projected to the whole */
export function planText(plan: Plan, found: Survey): string {
  const { scenario } = plan;
  const scale = plan.events / found.events;
  const byType =
    scale === 1 ? 'by type' : `by type, estimated from the first ${count(found.events)} events of all lanes`;
  const hash = found.hash ?? `not taken above ${count(MAX_SURVEYED_EVENTS)} events; --hash takes the time`;
  const lines = [
    `${scenario.name}: ${scenario.description}`,
    '',
    ...sizeTexts(plan, found),
    ...chart(plan),
    '',
    `  ${byType}`,
    ...typeTexts(found, scale),
    '  by topic',
    ...topicTexts(found, scale),
    '',
    ...costTexts(plan, found),
    ...aimTexts(aimsOf(scenario), found.aimed),
    ...planWarnings(plan).map((warning) => `  warning      ${warning}`),
    ...enabledFaults(scenario).map((fault) => `  fault        ${faultText(fault, plan)}`),
    `  stream hash  ${hash}`,
  ];
  return visible(`${lines.join('\n')}\n`);
}

function sizeTexts(plan: Plan, found: Survey): string[] {
  const { scenario, days } = plan;
  const records = (found.records * plan.events) / found.events;
  return [
    `  ${count(plan.events)} events on ${count(plan.articles)} new articles, seed ${scenario.seed}`,
    ...(found.records > found.events
      ? [`  ${count(records)} records, with what is sent again and what cannot be decoded`]
      : []),
    `  ${days.map((day) => day.day).join(', ')} in ${scenario.rules.zone}`,
  ];
}

function typeTexts({ byType }: Survey, scale: number): string[] {
  return Object.entries(byType).map(([type, events]) => {
    return `    ${type.toLowerCase().replaceAll('_', ' ').padEnd(17)} ${count(events * scale).padStart(13)}`;
  });
}

function topicTexts({ byStream }: Survey, scale: number): string[] {
  return STREAMS.map((stream) => {
    const { records, bytes: size } = byStream[stream];
    const amount = count(records * scale).padStart(13);
    return `    ${stream.padEnd(9)} ${amount} records ${bytes(Math.round(size * scale)).padStart(9)}`;
  });
}

/** Time, memory and bytes. */
function costTexts(plan: Plan, found: Survey): string[] {
  const { scenario } = plan;
  const loadMs = loadMsOf(plan);
  const how = scenario.pace === 'paced' ? `at ${scenario.clock.speed} times real time` : 'unpaced';
  const surveyed = sum(found.byPartition);
  const hottest = Math.max(...found.byPartition);
  const size = sum(STREAMS.map((stream) => found.byStream[stream].bytes));
  const share = ((hottest / surveyed) * 100).toFixed(1);
  return [
    `  run time     about ${duration(loadMs + STARTING_MS)}, with ${duration(loadMs)} of load ${how}`,
    `  memory       about ${bytes(BASE_BYTES + plan.articles * BYTES_PER_ARTICLE)} in sim`,
    `  bytes        ${bytes(Math.round((size * plan.events) / found.events))} of record values, ${Math.round(size / surveyed)} a record`,
    `  hottest      partition ${found.byPartition.indexOf(hottest)} of ${plan.lanes} has ${share}% of the records`,
  ];
}

function loadMsOf({ scenario, events, startMs, endMs }: Plan): number {
  return scenario.pace === 'paced'
    ? (endMs - startMs) / scenario.clock.speed
    : (events / UNPACED_EVENTS_PER_SECOND) * 1000;
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

/** A line for a setting of the matrix, which is a run of its own. */
export function settingText({ name, scenario }: Setting, index: number): string {
  const { events, startMs, endMs } = planOf(scenario);
  const load = scenario.pace === 'paced' ? `, ${duration((endMs - startMs) / scenario.clock.speed)} of load` : '';
  return `  setting ${index + 1}    ${name}: ${count(events)} events${load}, expected to end with ${scenario.expect.verdict}\n`;
}

/** `consumer-kill of consumer:random at 20 % of the load, in phase morning, for 1 s, 3 times every 5 s` */
function faultText(fault: FaultSpec, plan: Plan): string {
  const target = 'target' in fault ? ` of ${fault.target}` : '';
  return `${fault.kind}${target} ${timesText(fault, plan)}`;
}

/** The phase in which a share of the load has been sent. */
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
function chart(plan: Plan): string[] {
  const paced = plan.scenario.pace === 'paced';
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

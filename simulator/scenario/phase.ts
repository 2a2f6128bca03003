// simulator/scenario/phase.ts — Phases of the load: how many events, over how long, in which shape.
import { z } from 'zod';
import type { Issue } from './issue.js';
import { MAX_LOAD_HOURS } from './window.js';

/** Sums and products of weights stay far from what doubles hold. */
const MAX_WEIGHT = 1e9;
const weight = z.number().min(0).max(MAX_WEIGHT).describe('Relative to the other weights.');
/** A third of a second: timestamps have milliseconds. */
const MIN_HOURS = 0.0001;

const phaseBase = {
  name: z.string().min(1).max(100).describe('Tags every metric of the phase.'),
  durationHours: z.number().min(MIN_HOURS).max(MAX_LOAD_HOURS).describe('Length in event time.'),
  events: z.int().min(1).optional().describe('Events in the whole phase. Give this or eventsPerSecond.'),
  eventsPerSecond: z
    .number()
    .positive()
    .optional()
    .describe('Mean events per second of wall time, at the clock’s speed. Give this or events.'),
  spacing: z
    .enum(['poisson', 'even'])
    .default('poisson')
    .describe('poisson: independent arrivals; even: equal distances along the rate curve.'),
  warmUp: z.boolean().default(false).describe('Left out of latency figures.'),
};

export const phaseSchema = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('constant').describe('The same rate all the time.'), ...phaseBase }),
  z.strictObject({
    shape: z.literal('ramp').describe('The rate goes evenly from one value to another.'),
    ...phaseBase,
    from: weight.default(0).describe('Relative rate at the start.'),
    to: weight.default(1).describe('Relative rate at the end.'),
  }),
  z.strictObject({
    shape: z.literal('step').describe('The rate changes once.'),
    ...phaseBase,
    from: weight.default(1).describe('Relative rate before the step.'),
    to: weight.default(2).describe('Relative rate after it.'),
    stepAt: z.number().positive().lt(1).default(0.5).describe('Share of the phase after which the rate changes.'),
  }),
  z.strictObject({
    shape: z.literal('stairs').describe('The rate rises in equal steps.'),
    ...phaseBase,
    steps: z.int().min(2).max(100).default(5).describe('Equal steps, from the rate 1 to the rate `steps`.'),
  }),
  z.strictObject({
    shape: z.literal('spike').describe('The rate rises to a peak in the middle, and falls again.'),
    ...phaseBase,
    factor: z.number().min(1).max(MAX_WEIGHT).default(10).describe('Rate at the peak, relative to the rate around it.'),
    peakShare: z.number().positive().max(1).default(0.1).describe('Share of the phase that the spike lasts.'),
  }),
  z.strictObject({
    shape: z.literal('diurnal').describe('The rate follows the hours of a day.'),
    ...phaseBase,
    hourlyWeights: z
      .array(weight)
      .length(24)
      .optional()
      .describe(
        'Relative rate at each full local hour, linear in between; default: a day with an evening peak at 21 h.',
      ),
    curve: z
      .strictObject({
        fromHour: z.number().min(0).max(24).describe('Local hour of the curve at the start of the phase.'),
        hours: z.number().min(MIN_HOURS).max(8784).describe('Hours of the curve that the phase plays.'),
      })
      .optional()
      .describe('The stretch of the curve that the phase plays; default: its own hours, from its local hour on.'),
  }),
]);

export const arrivalsSchema = z
  .array(
    phaseSchema.superRefine((phase, context) => {
      checkPhase(phase, (path, message) => context.addIssue({ code: 'custom', path, message }));
    }),
  )
  .min(1)
  .max(1000)
  .describe('Phases, one after the other; they may span several days.');

function checkPhase(phase: z.infer<typeof phaseSchema>, issue: Issue): void {
  if ((phase.events === undefined) === (phase.eventsPerSecond === undefined))
    issue([], 'expected exactly one of events and eventsPerSecond');
  if ((phase.shape === 'ramp' || phase.shape === 'step') && phase.from + phase.to === 0)
    issue([], 'from and to are both 0');
  if (phase.shape === 'diurnal' && phase.hourlyWeights?.every((w) => w === 0))
    issue(['hourlyWeights'], 'every weight is 0');
}

export function checkArrivals(arrivals: z.infer<typeof arrivalsSchema>, days: number, issue: Issue): void {
  const hours = arrivals.reduce((sum, one) => sum + one.durationHours, 0);
  if (hours > MAX_LOAD_HOURS)
    issue(['arrivals'], `last ${hours} hours; at most ${MAX_LOAD_HOURS}, a year, can be played`);
  if (days > 1 && hours > 24) {
    issue(['days'], `the arrivals of one day last ${hours} hours: at most 24 can be repeated daily`);
  }
  arrivals.forEach((one, index) => {
    if (arrivals.findIndex(({ name }) => name === one.name) < index) {
      issue(['arrivals', index, 'name'], `"${one.name}" is the name of an earlier phase, too`);
    }
  });
}

/** @param startHour local hour at which the first phase begins */
export function checkHours(arrivals: z.infer<typeof arrivalsSchema>, startHour: number, issue: Issue): void {
  let hour = startHour;
  arrivals.forEach((phase, index) => {
    const own = { fromHour: hour, hours: phase.durationHours };
    hour += phase.durationHours;
    if (phase.shape !== 'diurnal' || !phase.hourlyWeights) return;
    if (isSilent(phase.hourlyWeights, phase.curve ?? own))
      issue(['arrivals', index, 'hourlyWeights'], 'every weight of the hours that the phase plays is 0');
  });
}

/** The rate is linear between full hours, so it is 0 where it is 0 at each full hour from before to behind. */
function isSilent(weights: readonly number[], { fromHour, hours }: { fromHour: number; hours: number }): boolean {
  const first = Math.floor(fromHour);
  const length = Math.min(24, Math.ceil(fromHour + hours) - first + 1);
  return Array.from({ length }, (_, i) => weights[(first + i) % 24]).every((one) => one === 0);
}

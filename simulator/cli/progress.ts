// simulator/cli/progress.ts — Shows a run as it goes: a bar on a terminal, plain lines elsewhere.
import { SingleBar } from 'cli-progress';
import type { Sample } from '../record/sample.js';
import { compactCount, count, duration } from '../report/format.js';
import { visible } from '../report/print/visible.js';
import type { Stage } from '../run/options.js';
import type { Plan } from '../workload/plan.js';
import { canRedraw } from './terminal.js';

const LINE_EVERY_MS = 5000;

export interface Progress {
  stage(stage: Stage, plan: Plan): void;
  sample(sample: Sample): void;
  say(line: string): void;
  stop(): void;
}

export interface RunProgress extends Progress {
  /** How far a run came that does not come to its end. */
  readonly reached: () => string;
}

export function createProgress(stream: NodeJS.WriteStream): RunProgress {
  const shown = canRedraw(stream, process.env) ? barProgress(stream) : lineProgress(stream);
  let [stage, planned, acked]: [Stage, number, number] = ['starting', 0, 0];
  return {
    ...shown,
    say: (line) => shown.say(visible(line)),
    stage(next, plan) {
      [stage, planned] = [next, plan.events];
      shown.stage(next, plan);
    },
    sample(sample) {
      acked = sample.acked;
      shown.sample(sample);
    },
    reached: () => `stage ${stage}, ${count(acked)} of ${count(planned)} events acknowledged`,
  };
}

interface State {
  stage: Stage;
  planned: number;
  seconds: number | undefined;
}

/** What both forms show of a sample. */
function fields(sample: Sample, previous: Sample | undefined, state: State) {
  const elapsedMs = sample.atMs - (previous?.atMs ?? 0);
  const rate = elapsedMs > 0 ? ((sample.acked - (previous?.acked ?? 0)) * 1000) / elapsedMs : 0;
  return {
    phase: state.stage === 'load' ? visible(sample.phase) : state.stage,
    sent: compactCount(sample.sent),
    planned: compactCount(total(sample, state)),
    rate: `${compactCount(Math.max(0, rate))}/s`,
    consumed: sample.consumed === null ? '?' : compactCount(sample.consumed),
    lag: sample.lag === null ? '?' : compactCount(sample.lag),
    p99: sample.sendP99Ms === null ? '-' : duration(sample.sendP99Ms),
    left: timeLeft(sample, state),
  };
}

/** Repeats and undecodable records are sent besides what is planned. */
function total({ sent }: Sample, { planned }: State): number {
  return Math.max(sent, planned);
}

function timeLeft(sample: Sample, { stage, planned, seconds }: State): string {
  if (stage !== 'load') return '-';
  if (seconds !== undefined) return duration(Math.max(0, seconds * 1000 - sample.atMs));
  return sample.sent > 0 ? duration((sample.atMs * Math.max(0, planned - sample.sent)) / sample.sent) : '-';
}

/** Wall seconds that a paced plan takes. */
function plannedSeconds({ scenario, startMs, endMs }: Plan): number | undefined {
  return scenario.pace === 'max' ? undefined : (endMs - startMs) / 1000 / scenario.clock.speed;
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format:
      '{bar} {percentage}% {phase} | sent {sent}/{planned} {rate} | consumed {consumed} lag {lag} | p99 {p99} | left {left}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    linewrap: false,
    // The run handles Ctrl-C; the bar only shows the cursor again.
    gracefulExit: false,
  });
  const state: State = { stage: 'starting', planned: 0, seconds: undefined };
  let previous: Sample | undefined;
  let shown = false;
  const hide = () => {
    if (shown) bar.stop();
    shown = false;
  };
  return {
    stage(stage, plan) {
      Object.assign(state, { stage, planned: plan.events, seconds: plannedSeconds(plan) });
      if (stage === 'check') hide();
    },
    sample(sample) {
      const payload = fields(sample, previous, state);
      if (!shown) bar.start(state.planned, sample.sent, payload);
      shown = true;
      bar.setTotal(total(sample, state));
      bar.update(sample.sent, payload);
      previous = sample;
    },
    say(line) {
      hide();
      stream.write(`${line}\n`);
    },
    stop: hide,
  };
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  const state: State = { stage: 'starting', planned: 0, seconds: undefined };
  let previous: Sample | undefined;
  const say = (line: string) => void stream.write(`${line}\n`);
  return {
    stage(stage, plan) {
      Object.assign(state, { stage, planned: plan.events, seconds: plannedSeconds(plan) });
      if (stage === 'load')
        say(`load: ${plan.events} events, ${plan.articles} articles, ${plan.lanes} partitions a topic`);
      else if (stage !== 'starting') say(`${stage}...`);
    },
    sample(sample) {
      if (previous && sample.atMs - previous.atMs < LINE_EVERY_MS) return;
      const { phase, sent, planned, rate, consumed, lag, p99, left } = fields(sample, previous, state);
      say(`${phase}: sent ${sent}/${planned} ${rate}, consumed ${consumed}, lag ${lag}, send p99 ${p99}, left ${left}`);
      previous = sample;
    },
    say,
    stop() {},
  };
}

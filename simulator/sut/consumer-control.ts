// simulator/sut/consumer-control.ts — The consumers of a run, as faults end, pause and start them again.

export interface ConsumerControl {
  /** Includes those that have ended. */
  all(): readonly ControlledConsumer[];
  /** Starts one more process; settles when it is healthy. */
  add(): Promise<ControlledConsumer>;
}

export interface ControlledConsumer {
  /** From 1. */
  readonly number: number;
  /** Undefined when it has ended. */
  readonly pid: number | undefined;
  readonly state: 'running' | 'paused' | 'ended';
  /** Settles with how it ended: `SIGKILL`, `code 0`. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<string>;
  pause(): void;
  resume(): void;
  /** Starts a new process in place of one that has ended; settles when it is healthy. */
  startAgain(): Promise<void>;
  /** What all its processes told about themselves; undefined when it runs and does not answer. */
  observe(): Promise<readonly { readonly skipped: number }[] | undefined>;
}

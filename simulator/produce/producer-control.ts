// simulator/produce/producer-control.ts — The producers of a run, as faults end them and start them again.

export interface ProducerControl {
  all(): readonly ControlledProducer[];
}

export interface ControlledProducer {
  /** From 1. */
  readonly number: number;
  /** `done`: every send of its lanes has ended. */
  readonly state: 'running' | 'ended' | 'done';
  /** The thread that runs, or ran last. */
  readonly threadId: number;
  /** Ends it at any point. Settles with how it ended, and how many records were on their way. */
  end(): Promise<{ readonly exit: string; readonly unknown: number }>;
  /** A new thread for its lanes; settles when it is connected. */
  startAgain(): Promise<void>;
}

// simulator/cli/interruption.ts — What ends a command from outside: signals of the user, and errors that no code catches.
import { InterruptedError } from '../errors.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A command that has started servers needs this long, at most, to stop them. */
const UNWIND_MS = 60_000;

export interface Interruption {
  /**
   * Aborted by the first signal, and by an error that escaped: that is its reason then. The second signal ends the
   * process at once. Until a command asks for it, it has started nothing, and the first signal ends it. Whichever
   * signal it was, the exit code is 130.
   */
  readonly signal: AbortSignal;
  /** The error that escaped, such as one of a timer. */
  readonly escaped: () => { readonly error: unknown } | undefined;
}

/** @param end ends the process; called when there is nothing to unwind, or unwinding takes too long */
export function watchInterruption(end: (error: unknown) => void): Interruption {
  const abort = new AbortController();
  let isHeld = false;
  let first: { readonly error: unknown } | undefined;
  const endFor = (error: unknown) => {
    if (first) return;
    first = { error };
    if (!isHeld) return end(error);
    setTimeout(() => end(error), UNWIND_MS).unref();
    abort.abort(error);
  };
  process.on('uncaughtException', endFor);
  process.on('unhandledRejection', endFor);
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    if (isHeld) abort.abort();
    else end(new InterruptedError('interrupted'));
  };
  // Ctrl-C needs no help until then: it ends a process in the middle of a computation, and shells call that 130.
  for (const signal of SIGNALS) if (signal !== 'SIGINT') process.on(signal, stop);
  return {
    get signal() {
      if (!isHeld) process.on('SIGINT', stop);
      isHeld = true;
      return abort.signal;
    },
    escaped: () => first,
  };
}

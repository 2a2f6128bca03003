// simulator/cli/output.ts — Standard output and error as others leave them: closed pipes and full devices end no command.
import { nextTurn } from '../../contract/waiting.js';

export interface Output {
  /** What a write failed with, unless its reader only went away. */
  readonly failure: () => Promise<NodeJS.ErrnoException | undefined>;
}

/** Without a listener the first failed write would end the process, and with it the run and its record. */
export function watchOutput(streams: readonly NodeJS.WriteStream[]): Output {
  let failed: NodeJS.ErrnoException | undefined;
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') failed ??= error;
    });
  }
  return {
    failure: async () => {
      // A failed write is reported after the current turn of the event loop.
      await nextTurn();
      return failed;
    },
  };
}

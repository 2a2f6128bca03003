// simulator/cli/terminal.ts — What a stream shows: colours, a bar that moves, or plain lines alone.

type Environment = Readonly<Record<string, string | undefined>>;
type Stream = Pick<NodeJS.WriteStream, 'isTTY'>;

/** https://no-color.org and https://force-color.org: both hold when they are not empty. */
export function hasColor({ isTTY }: Stream, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** Whether the cursor can be moved, so that a bar is drawn over the one before. */
export function canRedraw({ isTTY }: Stream, { TERM }: Environment): boolean {
  return isTTY === true && TERM !== 'dumb';
}

const WIDEST = 100;
const NARROWEST = 40;

/** How a document is written to a stream; where it is no terminal, as on a wide one. */
export function terminalOptions(stream: Stream & { readonly columns?: number }, environment: Environment) {
  const { columns = WIDEST } = stream;
  return { color: hasColor(stream, environment), width: Math.max(NARROWEST, Math.min(WIDEST, columns)) };
}

// simulator/cli/handlers/hold.ts — `--hold`: waits for Enter between load and check.
import { createInterface } from 'node:readline';

export async function holdBeforeCheck(
  { redisUrl, keyPrefix }: { readonly redisUrl: string; readonly keyPrefix: string },
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  say(`hold: the load is done; lists are at ${redisUrl}, keys ${keyPrefix}*; press Enter to check them`);
  const lines = createInterface({ input: process.stdin });
  await new Promise<void>((resolve) => {
    lines.once('line', () => resolve());
    lines.once('close', () => resolve());
    signal.addEventListener('abort', () => resolve());
  });
  lines.close();
}

// simulator/cli/called-as.ts — The command as the user called it, so that what is printed can be typed again.

/** The launcher says how: `./sim`, `sim` or `npx sim`. */
export function calledAs(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment.SIM_CALLED_AS || 'sim';
}

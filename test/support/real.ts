// test/support/real.ts — Says whether real servers can be had here for the end-to-end tests.
export async function realServersMissing(): Promise<string | undefined> {
  return undefined;
}

// simulator/run/root-message.ts — What a server said, without what its client wraps around it.
export function rootMessage(error: unknown): string {
  const nested = (error as { errors?: { message: string }[] }).errors?.[0];
  return nested?.message ?? (error instanceof Error ? error.message : String(error));
}

// consumer/runtime/every.ts — Calls again and again, until it is told to stop.

export function everyByWallClock(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(call, milliseconds);
  return () => clearInterval(timer);
}

// contract/kafkajs-mends.ts — What kafkajs 2.2.4 does wrong in its connections, mended in the running process.
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

interface Connection {
  /** What has come of a response that is not whole yet. */
  chunks: readonly Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  isConnected(): boolean;
  connect(): Promise<boolean>;
}

/** Of a response's size, which comes first. */
const SIZE_BYTES = 4;

const require = createRequire(import.meta.url);
let isMended = false;

/** Once for all clients of the process. */
export function mendKafkajs(): void {
  if (isMended) return;
  isMended = true;
  stopIdleTimers((require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue }).prototype);
  forgetPartialResponses((require('kafkajs/src/network/connection.js') as { prototype: Connection }).prototype);
}

/**
 * It re-arms a timer per connection for ever, also when nothing is pending, with a delay that is negative:
 * a tenth of a core for a few idle connections, and a warning on newer Node versions.
 * https://github.com/tulios/kafkajs/issues/1751
 */
function stopIdleTimers(prototype: RequestQueue): void {
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/**
 * A connection that breaks in the middle of a response keeps the part that has come, and puts what the next one brings behind it. From
 * then on nothing it receives makes sense: every request times out, also those that are sent again, for minutes.
 */
function forgetPartialResponses(prototype: Connection): void {
  const connect = prototype.connect;
  prototype.connect = function (this: Connection) {
    if (!this.isConnected()) Object.assign(this, { chunks: [], bytesBuffered: 0, bytesNeeded: SIZE_BYTES });
    return connect.call(this);
  };
}

// simulator/infra/links/link-flow.ts — One direction of one connection through a link: in order, delayed, slowed, held, and bounded.
import type { Socket } from 'node:net';

/** State of one direction of a link, shared by the flows of all its connections. */
export interface Direction {
  latencyMs: number;
  jitterMs: number;
  bytesPerSecond: number;
  /** A black hole: nothing leaves. */
  isHeld: boolean;
  /** When the bytes that have left are through at that rate. */
  freeAtMs: number;
  bytes: number;
  droppedBytes: number;
  delayedChunks: number;
}

export function createDirection(): Direction {
  return {
    latencyMs: 0,
    jitterMs: 0,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    isHeld: false,
    freeAtMs: 0,
    bytes: 0,
    droppedBytes: 0,
    delayedChunks: 0,
  };
}

type Item = { readonly dueMs: number; readonly content: Buffer | 'end' | 'reset' };

/**
 * While so many bytes wait here, the sender is not read. So a flow keeps no more in memory, and it acts like a TCP window:
 * at 100 ms of latency a connection carries at most 40 MB/s.
 */
const BYTES_MAX = 4 * 1024 * 1024;
/** Each chunk costs this much besides its bytes. */
const ITEMS_MAX = 16_384;
/** At a limited rate bytes leave in pieces, each worth this much time. */
const PIECE_MS = 20;

export interface FlowOptions {
  readonly from: Socket;
  readonly to: Socket;
  readonly direction: Direction;
  /** Called with each chunk that goes to the receiver. */
  readonly leaves?: ((chunk: Buffer) => void) | undefined;
}

export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #direction: Direction;
  readonly #leaves: FlowOptions['leaves'];
  readonly #queue: Item[] = [];
  /** Items before it have left. */
  #first = 0;
  #queuedBytes = 0;
  /** When the next piece is through at the limited rate; undefined while none waits. */
  #pieceDueMs: number | undefined;
  #isFull = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FlowOptions) {
    this.#from = options.from;
    this.#to = options.to;
    this.#direction = options.direction;
    this.#leaves = options.leaves;
    for (const event of ['drain', 'close']) this.#to.on(event, () => this.#move());
    this.#from.on('end', () => this.#append('end'));
    this.#from.on('error', () => this.#append('reset'));
  }

  /** Takes bytes of the sender. */
  take(chunk: Buffer): void {
    const direction = this.#direction;
    if (direction.isHeld) direction.droppedBytes += chunk.length;
    if (isDelaying(direction)) direction.delayedChunks += 1;
    else if (!direction.isHeld && this.#waiting === 0) {
      this.#forward(chunk);
      this.#slowSender();
      return;
    }
    this.#append(chunk);
  }

  #move(): void {
    clearTimeout(this.#timer);
    let next = this.#queue[this.#first];
    while (next !== undefined && !this.#direction.isHeld && !this.#to.writableNeedDrain) {
      const waitMs = this.#waitMs(next);
      if (waitMs > 0) {
        // Timers have whole milliseconds, and never keep the process alive.
        this.#timer = setTimeout(() => this.#move(), Math.ceil(waitMs)).unref();
        break;
      }
      this.#release(next);
      next = this.#queue[this.#first];
    }
    this.#slowSender();
  }

  /** Call it after a change of settings: what waits at the former rate waits anew. */
  reconsider(): void {
    this.#pieceDueMs = undefined;
    this.#move();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#first = 0;
    this.#queuedBytes = 0;
  }

  get #waiting(): number {
    return this.#queue.length - this.#first;
  }

  #append(content: Item['content']): void {
    const { latencyMs, jitterMs } = this.#direction;
    const delayMs = Math.max(0, latencyMs + jitterMs * (2 * Math.random() - 1));
    // An item that is due early waits behind the first in the queue, so order is kept.
    this.#queue.push({ dueMs: performance.now() + delayMs, content });
    this.#queuedBytes += lengthOf(content);
    this.#move();
  }

  #waitMs({ dueMs, content }: Item): number {
    const nowMs = performance.now();
    const { bytesPerSecond } = this.#direction;
    if (dueMs > nowMs || bytesPerSecond === Number.POSITIVE_INFINITY) return dueMs - nowMs;
    if (this.#pieceDueMs === undefined) {
      // Each flow asks for one piece at a time, so that a full flow does not hold up the others.
      const startMs = Math.max(this.#direction.freeAtMs, nowMs - PIECE_MS);
      this.#pieceDueMs = startMs + (Math.min(lengthOf(content), this.#pieceBytes()) * 1000) / bytesPerSecond;
      this.#direction.freeAtMs = this.#pieceDueMs;
    }
    return this.#pieceDueMs - nowMs;
  }

  #release({ dueMs, content }: Item): void {
    this.#pieceDueMs = undefined;
    const bytes = Math.min(lengthOf(content), this.#pieceBytes());
    this.#queuedBytes -= bytes;
    if (content === 'end') this.#to.end();
    else if (content === 'reset') reset(this.#to);
    else this.#forward(content.subarray(0, bytes));
    if (typeof content !== 'string' && bytes < content.length) {
      this.#queue[this.#first] = { dueMs, content: content.subarray(bytes) };
      return;
    }
    this.#first += 1;
    if (this.#first === this.#queue.length || this.#first === ITEMS_MAX)
      this.#first -= this.#queue.splice(0, this.#first).length;
  }

  #forward(chunk: Buffer): void {
    this.#direction.bytes += chunk.length;
    this.#leaves?.(chunk);
    if (!this.#to.destroyed) this.#to.write(chunk);
  }

  #slowSender(): void {
    const isFull = this.#queuedBytes >= BYTES_MAX || this.#waiting >= ITEMS_MAX || this.#to.writableNeedDrain;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    if (isFull) this.#from.pause();
    else this.#from.resume();
  }

  #pieceBytes(): number {
    return Math.max(1, Math.floor((this.#direction.bytesPerSecond * PIECE_MS) / 1000));
  }
}

/** Ends a connection as a crash does, whatever it is doing. */
export function reset(socket: Socket): void {
  // Node cannot reset a socket whose last bytes still wait, and it resets a connecting one only once it is connected.
  if (socket.connecting || (socket.writableEnded && !socket.writableFinished)) socket.destroy();
  else socket.resetAndDestroy();
}

function isDelaying({ latencyMs, jitterMs, bytesPerSecond }: Direction): boolean {
  return latencyMs > 0 || jitterMs > 0 || bytesPerSecond !== Number.POSITIVE_INFINITY;
}

function lengthOf(content: Item['content']): number {
  return typeof content === 'string' ? 0 : content.length;
}

// simulator/infra/links/link.ts — A TCP proxy whose connections can be delayed, slowed, held, reset, and robbed of their replies.
// It is ours, as neither Toxiproxy nor a library of npm can lose the reply to a request that was carried out.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Link, LinkCounters, Toxics } from '../breakable.js';
import { createDirection, Flow, reset } from './link-flow.js';
import { isLosable, type Protocol } from './link-request.js';

export interface LinkOptions {
  readonly name: string;
  /** Port of 127.0.0.1 where clients connect; any free one when absent. */
  readonly port?: number;
  /** `host:port` of the server. */
  readonly target: string;
  readonly protocol: Protocol;
}

export type StartedLink = Link & AsyncDisposable;

/** After a lost reply, the server has this long to close its side. */
const LINGER_MS = 5000;

/** @throws the error of `listen` when the port is taken. */
export async function startLink(options: LinkOptions): Promise<StartedLink> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port ?? 0, host: '127.0.0.1', exclusive: true }, resolve);
  });
  return new TcpLink(server, options);
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  readonly flows: readonly Flow[];
  /** A request whose reply is to be lost has gone to the server. */
  isRobbed: boolean;
}

class TcpLink implements StartedLink {
  readonly name: string;
  readonly address: string;
  readonly #listener: Server;
  readonly #protocol: Protocol;
  readonly #connections = new Set<Connection>();
  readonly #toServer = createDirection();
  readonly #toClient = createDirection();
  #target: string;
  #repliesToLose = 0;
  #accepted = 0;
  #refused = 0;
  #resets = 0;
  #lostReplies = 0;

  constructor(listener: Server, options: LinkOptions) {
    this.#listener = listener;
    this.name = options.name;
    this.address = addressOf(listener);
    this.#target = options.target;
    this.#protocol = options.protocol;
    listener.on('connection', (client) => this.#accept(client));
    // A connection that cannot be accepted, for example for lack of file descriptors, must not end the process.
    listener.on('error', () => {
      this.#refused += 1;
    });
  }

  get target(): string {
    return this.#target;
  }

  set(toxics: Toxics): void {
    const { latencyMs = 0, jitterMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY, drop, loseReplies = 0 } = toxics;
    this.#repliesToLose = loseReplies;
    for (const connection of this.#connections) connection.isRobbed = false;
    Object.assign(this.#toServer, { latencyMs, jitterMs, bytesPerSecond, freeAtMs: 0 });
    Object.assign(this.#toClient, { latencyMs, jitterMs, bytesPerSecond, freeAtMs: 0 });
    this.#toServer.isHeld = drop === 'to-server' || drop === 'both';
    this.#toClient.isHeld = drop === 'to-client' || drop === 'both';
    for (const { flows } of this.#connections) for (const flow of flows) flow.reconsider();
  }

  reset(): void {
    this.#resets += this.#connections.size;
    for (const connection of this.#connections) end(connection);
  }

  retarget(address: string): void {
    this.#target = address;
    this.reset();
  }

  counters(): LinkCounters {
    const [toServer, toClient] = [this.#toServer, this.#toClient];
    return {
      connections: this.#accepted,
      open: this.#connections.size,
      refused: this.#refused,
      bytesToServer: toServer.bytes,
      bytesToClient: toClient.bytes,
      resets: this.#resets,
      droppedBytes: toServer.droppedBytes + toClient.droppedBytes,
      delayedChunks: toServer.delayedChunks + toClient.delayedChunks,
      lostReplies: this.#lostReplies,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const connection of this.#connections) end(connection);
    await closed;
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    const server = connect({ ...partsOf(this.#target), allowHalfOpen: true, noDelay: true });
    let isConnected = false;
    server.once('connect', () => {
      isConnected = true;
    });
    server.once('error', () => {
      if (!isConnected) this.#refused += 1;
    });
    const leaves = (chunk: Buffer) => {
      if (this.#repliesToLose > 0 && isLosable(this.#protocol, chunk)) connection.isRobbed = true;
    };
    const toServer = new Flow({ from: client, to: server, direction: this.#toServer, leaves });
    const toClient = new Flow({ from: server, to: client, direction: this.#toClient });
    const connection: Connection = { client, server, flows: [toServer, toClient], isRobbed: false };
    this.#connections.add(connection);
    client.on('data', (chunk: Buffer) => toServer.take(chunk));
    server.on('data', (chunk: Buffer) => {
      if (connection.isRobbed && this.#repliesToLose > 0) this.#loseReply(connection);
      else toClient.take(chunk);
    });
    for (const socket of [client, server]) {
      socket.once('close', () => {
        if (client.destroyed && server.destroyed) this.#connections.delete(connection);
      });
    }
  }

  /** Resets the client's side, and closes the server's in order. A reset would discard what the server has not read yet. */
  #loseReply({ client, server, flows }: Connection): void {
    this.#repliesToLose -= 1;
    this.#lostReplies += 1;
    for (const flow of flows) flow.stop();
    reset(client);
    server.removeAllListeners('data').resume();
    server.end();
    const timer = setTimeout(() => reset(server), LINGER_MS).unref();
    server.once('close', () => clearTimeout(timer));
  }
}

function end({ client, server, flows }: Connection): void {
  for (const flow of flows) flow.stop();
  reset(client);
  reset(server);
}

function addressOf(listener: Server): string {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error(`expected a TCP port, found ${address}`);
  return `${address.address}:${address.port}`;
}

function partsOf(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}

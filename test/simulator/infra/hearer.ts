// test/simulator/infra/hearer.ts — A server that keeps what it hears, for tests of what lies before it.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Answers only when it is told to. */
export class Hearer {
  readonly chunks: Buffer[] = [];
  bytes = 0;
  readonly sockets: Socket[] = [];
  readonly ends: string[] = [];
  readonly #server: Server;
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.sockets.push(socket);
      this.#wake();
      socket.on('data', (chunk: Buffer) => {
        this.chunks.push(chunk);
        this.bytes += chunk.length;
        this.#wake();
      });
      socket.on('end', () => this.#note('end'));
      socket.on('error', (error: NodeJS.ErrnoException) => this.#note(error.code ?? error.message));
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
  }

  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  answer(text: string): void {
    for (const socket of this.sockets) if (!socket.destroyed) socket.write(text);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  #note(what: string): void {
    this.ends.push(what);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

// test/simulator/infra/link-stand.ts — A link with a server behind it that keeps what it hears, and clients before it.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type StartedLink, startLink } from '../../../simulator/infra/links/link.js';

export const SET = '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n';
export const HELLO = '*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n';

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

export interface LinkStand {
  hearer: Hearer;
  target: string;
  link: StartedLink;
  clients: Socket[];
}

export async function setUp(context: LinkStand): Promise<void> {
  context.hearer = new Hearer();
  context.target = await context.hearer.start();
  context.link = await startLink({ name: 'link to it', target: context.target, protocol: 'redis' });
  context.clients = [];
}

export async function tearDown({ hearer, link, clients }: LinkStand): Promise<void> {
  for (const client of clients) client.destroy();
  await link[Symbol.asyncDispose]();
  hearer.close();
}

export async function connected({ link, clients }: Pick<LinkStand, 'link' | 'clients'>): Promise<Socket> {
  const [host = '', port] = link.address.split(':');
  const client = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  clients.push(client);
  await once(client, 'connect');
  return client;
}

/** What a client is told next. */
export async function told(client: Socket): Promise<string> {
  return String((await once(client, 'data'))[0]);
}

export async function codeOf(client: Socket): Promise<string | undefined> {
  return (await once(client, 'error'))[0].code;
}

/** A round trip, which also shows that what was sent before it has arrived. */
export async function ask({ hearer }: Pick<LinkStand, 'hearer'>, client: Socket, question = SET): Promise<string> {
  const bytes = hearer.bytes + question.length;
  const reply = told(client);
  client.write(question);
  await hearer.until(() => hearer.bytes >= bytes);
  hearer.answer('+OK\r\n');
  return reply;
}

// simulator/infra/processes/free-ports.ts — Ports of this machine on which no program listens.
import { createServer } from 'node:net';
import { InfraError } from '../../errors.js';

// Below the ports that Linux and macOS lend to outgoing connections, so that none takes one before its server does.
const PORT_MIN = 20_000;
const PORT_MAX = 32_000;
const TRIES_MAX = 500;

/** Ports already handed out by this process; their owners may not be listening yet. */
const tried = new Set<number>();

/** Ports that differ from each other and from all handed out before. Another program can still take one first, so a server that cannot bind tries others. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries += 1) {
    if (tries === TRIES_MAX) {
      throw new InfraError(
        `expected ${count} free ports on 127.0.0.1, found ${ports.length} after ${TRIES_MAX} tries`,
        {
          hint: `free some of the ports ${PORT_MIN} to ${PORT_MAX}; \`ss -ltnp\` lists who listens`,
        },
      );
    }
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN));
    if (tried.has(port)) continue;
    tried.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

export function isPortTaken(log: string): boolean {
  return /Address already in use|Address in use|BindException/i.test(log);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

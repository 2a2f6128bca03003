// bench/link.mjs — What a link costs: bytes in bulk and round trips, straight to a server and through a link.
import { connect, createServer } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { startLink } from '../dist/simulator/infra/links/link.js';

const SECONDS = 3;
const CHUNK = Buffer.alloc(64 * 1024);
const SMALL = Buffer.alloc(100);

/** A server that swallows what it is sent in bulk, and answers small requests with as much. */
function serve() {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (chunk) => {
      if (chunk.length <= SMALL.length) socket.write(chunk);
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
}

const clients = {
  /** Bytes a second of one connection that writes as fast as it may. */
  bulk: (port) =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      let isOver = false;
      const write = () => {
        while (!isOver && socket.write(CHUNK));
      };
      socket.on('drain', write);
      socket.on('connect', () => {
        write();
        setTimeout(() => {
          isOver = true;
          resolve((socket.bytesWritten - socket.writableLength) / SECONDS);
          socket.destroy();
        }, SECONDS * 1000);
      });
    }),
  /** Round trips a second of connections that each wait for their answer. */
  trips: (port, connections) =>
    new Promise((resolve) => {
      let trips = 0;
      const sockets = Array.from({ length: connections }, () => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true });
        socket.on('connect', () => socket.write(SMALL));
        socket.on('data', () => {
          trips += 1;
          socket.write(SMALL);
        });
        return socket;
      });
      setTimeout(() => {
        for (const socket of sockets) socket.destroy();
        resolve(trips / SECONDS);
      }, SECONDS * 1000);
    }),
};

async function measure(kind, port, connections) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { kind, port, connections } });
  const before = performance.eventLoopUtilization();
  const figure = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  const { utilization } = performance.eventLoopUtilization(before);
  await worker.terminate();
  return { figure, utilization };
}

async function main() {
  const server = new Worker(new URL(import.meta.url), { workerData: { kind: 'server' } });
  const port = await new Promise((resolve, reject) => server.on('message', resolve).on('error', reject));
  const links = [];
  const link = async (toxics) => {
    const started = await startLink({ name: 'link', target: `127.0.0.1:${port}`, protocol: 'kafka' });
    started.set(toxics);
    links.push(started);
    return Number(started.address.split(':')[1]);
  };
  const ways = { straight: port, 'through a link': await link({}), 'link, latency 1 ms': await link({ latencyMs: 1 }) };
  for (const [way, to] of Object.entries(ways)) {
    const bulk = await measure('bulk', to);
    console.log(
      `${way.padEnd(20)} bulk ${(bulk.figure / 1e6).toFixed(0).padStart(6)} MB/s, main thread busy ${(bulk.utilization * 100).toFixed(0)} %`,
    );
    for (const connections of [1, 16]) {
      const trips = await measure('trips', to, connections);
      console.log(
        `${way.padEnd(20)} ${String(connections).padStart(2)} connections ${Math.round(trips.figure).toLocaleString('en').padStart(8)} round trips/s, main thread busy ${(trips.utilization * 100).toFixed(0)} %`,
      );
    }
  }
  for (const started of links) await started[Symbol.asyncDispose]();
  await server.terminate();
}

if (isMainThread) await main();
else if (workerData.kind === 'server') serve();
else parentPort.postMessage(await clients[workerData.kind](workerData.port, workerData.connections));

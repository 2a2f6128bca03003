// contract/kafkajs/ipv6.ts — Brokers at IPv6 addresses: kafkajs 2.2.4 cuts an address at its first colon.
import { createRequire } from 'node:module';
import type { ISocketFactory } from 'kafkajs';

/** Windows writes addresses so where a name has no room for colons; no name server is asked for it here. */
const SUFFIX = '.ipv6-literal.net';
const BRACKETED = /^\[([\da-f:.%]+)\](:\d+)$/i;

/** @param broker `host:port` or `[address]:port`. @returns the same without a colon in the host */
export function withoutColons(broker: string): string {
  const [, address, port] = BRACKETED.exec(broker) ?? [];
  return address === undefined ? broker : `${address.replaceAll(':', '-')}${SUFFIX}${port}`;
}

/** The way back: the host as sockets take it. */
export function plainHost(host: string): string {
  return host.endsWith(SUFFIX) ? host.slice(0, -SUFFIX.length).replaceAll('-', ':') : host;
}

const require = createRequire(import.meta.url);

/** kafkajs's own sockets, to plain hosts. */
export function socketFactory(): ISocketFactory {
  const create = (require('kafkajs/src/network/socketFactory.js') as () => ISocketFactory)();
  return (options) => create({ ...options, host: plainHost(options.host) });
}

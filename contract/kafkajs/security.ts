// contract/kafkajs/security.ts — TLS and passwords as users write them -> as kafkajs takes them, with the files that they name.
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { KafkaConfig, SASLOptions } from 'kafkajs';
import type { KafkaSecurity } from '../connection.js';

export function securityOf(security: KafkaSecurity | undefined): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  const { ssl, sasl } = security ?? {};
  return {
    ...(ssl === undefined ? {} : { ssl: typeof ssl === 'boolean' ? ssl : tlsOf(ssl) }),
    // A copy, as kafkajs puts a function into it, and the harness hands its own to threads.
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as SASLOptions }),
  };
}

type Tls = Exclude<KafkaSecurity['ssl'], boolean | undefined>;

function tlsOf({ caFile, certFile, keyFile, rejectUnauthorized = true }: Tls) {
  return {
    ...(caFile === undefined ? {} : { ca: readPem(caFile) }),
    ...(certFile === undefined ? {} : { cert: readPem(certFile) }),
    ...(keyFile === undefined ? {} : { key: readPem(keyFile) }),
    rejectUnauthorized,
  };
}

/** What is wrong with the files that it names, with the path of the field; undefined when nothing is. */
export function problemOfSecurity({ ssl }: KafkaSecurity): string | undefined {
  if (ssl === undefined || typeof ssl === 'boolean') return undefined;
  const { caFile, certFile, keyFile } = ssl;
  for (const [field, path] of Object.entries({ caFile, certFile, keyFile })) {
    const said = path === undefined ? undefined : refusalOf(() => readPem(path));
    if (said !== undefined) return `ssl.${field}: expected a PEM file, but: ${said}`;
  }
  for (const [field, path] of Object.entries({ caFile, certFile })) {
    // Node.js takes any text for the certificates of an authority, and then trusts nobody.
    const said = path === undefined ? undefined : refusalOf(() => new X509Certificate(readPem(path)));
    if (said !== undefined) return `ssl.${field}: ${path} holds no certificate as PEM: ${said}`;
  }
  const said = refusalOf(() => createSecureContext(tlsOf(ssl)));
  return said === undefined ? undefined : `ssl: certFile and keyFile cannot be used: ${said}`;
}

/** All authorities that the public trusts have some 200 kB. */
const MAX_PEM_BYTES = 4_000_000;

/** @throws where it cannot be read, or is a device or too large: those would be read for ever */
export function readPem(path: string): string {
  const stats = statSync(path);
  if (!stats.isFile() || stats.size > MAX_PEM_BYTES)
    throw new Error(`${path} is no file of at most ${MAX_PEM_BYTES / 1e6} MB`);
  return readFileSync(path, 'utf8');
}

function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

// test/support/certificate.ts — A certificate for 127.0.0.1 that only its own authority knows.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** PEM files. */
export interface Certificate {
  readonly file: string;
  readonly keyFile: string;
}

export function makeCertificate(folder: string): Certificate {
  const [file, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const request = [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file],
  ];
  execFileSync('openssl', request, { stdio: 'ignore' });
  return { file, keyFile };
}

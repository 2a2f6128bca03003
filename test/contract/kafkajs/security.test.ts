// test/contract/kafkajs/security.test.ts — Files that a connection names are looked at before anything is connected.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { problemOfSecurity, securityOf } from '../../../contract/kafkajs/security.js';
import { makeCertificate } from '../../support/certificate.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());
const { file, keyFile } = makeCertificate(folder.path);

test('files that can be used are handed to kafkajs as text', () => {
  const security = { ssl: { caFile: file, certFile: file, keyFile } };
  assert.is(problemOfSecurity(security), undefined);
  const [certificate, key] = [readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')];
  assert.equal(securityOf(security), {
    ssl: { ca: certificate, cert: certificate, key, rejectUnauthorized: true },
  });
});

test('a file that is not there, a folder, and a file of another kind are named with their field', () => {
  const problem = (ssl: object) => problemOfSecurity({ ssl }) ?? '';
  assert.match(problem({ caFile: '/nowhere/ca.pem' }), /^ssl\.caFile: expected a PEM file, but: ENOENT/);
  assert.match(
    problem({ keyFile: folder.path }),
    /^ssl\.keyFile: expected a PEM file, but: .* is no file of at most 4 MB/,
  );
  assert.match(problem({ caFile: '/dev/zero' }), /^ssl\.caFile: expected a PEM file, but: \/dev\/zero is no file/);
  assert.match(problem({ caFile: keyFile }), /^ssl\.caFile: .*server\.key holds no certificate as PEM/);
  assert.match(problem({ certFile: file, keyFile: file }), /^ssl: certFile and keyFile cannot be used/);
  assert.is(problem({}), '');
});

test('TLS that names no files, and none at all, need no looking', () => {
  assert.is(problemOfSecurity({ ssl: true }), undefined);
  assert.is(problemOfSecurity({}), undefined);
  assert.equal(securityOf(undefined), {});
});

test.run();

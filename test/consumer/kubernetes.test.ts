// test/consumer/kubernetes.test.ts — The Kubernetes manifest, without a cluster: no unknown field, and what must agree agrees.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig, SETTINGS } from '../../consumer/settings/config.js';
import { environmentOf, type Stage, stagesOf } from '../support/image.js';

const NAME = 'hot-article';
// Kubernetes passes over fields that it does not know, so every one that is used is named here.
const labels = z.strictObject({ 'app.kubernetes.io/name': z.literal(NAME) });
const metadata = z.strictObject({ name: z.literal(NAME), labels });
const selector = z.strictObject({ matchLabels: labels });
const settings = z.record(z.string(), z.string());
const named = z.strictObject({ name: z.literal(NAME) });
const quantity = z.string().regex(/^\d+(?:m|Mi|Gi)?$/);
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.literal('http') }),
  periodSeconds: z.int().min(1),
  timeoutSeconds: z.int().min(1),
  failureThreshold: z.int().min(1),
});
const container = z.strictObject({
  name: z.literal(NAME),
  image: z.string().regex(/^[\w./-]+:[\w.-]+$/),
  ports: z.tuple([z.strictObject({ name: z.literal('http'), containerPort: z.int(), protocol: z.literal('TCP') })]),
  envFrom: z.tuple([z.strictObject({ configMapRef: named }), z.strictObject({ secretRef: named })]),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: quantity, memory: quantity }),
    limits: z.strictObject({ memory: quantity }),
  }),
  readinessProbe: probe,
  livenessProbe: probe,
  lifecycle: z.strictObject({
    preStop: z.strictObject({ exec: z.strictObject({ command: z.tuple([z.literal('sleep'), z.string()]) }) }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
});
const pod = z.strictObject({
  automountServiceAccountToken: z.literal(false),
  enableServiceLinks: z.literal(false),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: z.int().min(1),
    runAsGroup: z.int().min(1),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  topologySpreadConstraints: z.tuple([
    z.strictObject({
      maxSkew: z.int().min(1),
      topologyKey: z.literal('kubernetes.io/hostname'),
      whenUnsatisfiable: z.literal('ScheduleAnyway'),
      labelSelector: selector,
    }),
  ]),
  containers: z.tuple([container]),
});
const rollingUpdate = z.strictObject({ maxSurge: z.int(), maxUnavailable: z.int() });
const deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: z.strictObject({
    replicas: z.int().min(1),
    revisionHistoryLimit: z.int(),
    selector,
    strategy: z.strictObject({ type: z.literal('RollingUpdate'), rollingUpdate }),
    template: z.strictObject({ metadata: z.strictObject({ labels, annotations: settings }), spec: pod }),
  }),
});
const configMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  data: settings,
});
const secret = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Secret'),
  metadata,
  type: z.literal('Opaque'),
  stringData: settings,
});
const port = z.strictObject({
  name: z.string(),
  port: z.int(),
  targetPort: z.literal('http'),
  protocol: z.literal('TCP'),
});
const service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({ selector: labels, ports: z.tuple([port]) }),
});
const budget = z.strictObject({
  apiVersion: z.literal('policy/v1'),
  kind: z.literal('PodDisruptionBudget'),
  metadata,
  spec: z.strictObject({ maxUnavailable: z.int().min(1), selector }),
});
const manifest = z.tuple([configMap, secret, deployment, service, budget]);

const documents = parseAllDocuments(readFileSync('consumer/kubernetes/hot-article.yaml', 'utf8')).map((document) => {
  assert.equal(document.errors, []);
  return document.toJS() as unknown;
});
const image = stagesOf(readFileSync('consumer/Dockerfile', 'utf8')).at(-1) as Stage;

test('every object has the fields that Kubernetes knows, and no other', () => {
  const { error } = manifest.safeParse(documents);
  assert.is(error, undefined, error && z.prettifyError(error));
});

const [{ data }, { stringData }, { spec }, { spec: served }] = manifest.parse(documents);
const { template } = spec;
const [running] = template.spec.containers;

test('what the pods are given is a configuration', () => {
  const given = { ...data, ...stringData };
  for (const name of Object.keys(given)) assert.ok(name in SETTINGS, name);
  const result = readConfig({ ...environmentOf(image), ...given });
  assert.is(result.kind, 'config');
  assert.equal(Object.keys(stringData), ['REDIS_URL']);
});

test('the ports are that of the image', () => {
  const listening = Number(environmentOf(image).HTTP_PORT);
  assert.is(running.ports[0].containerPort, listening);
  assert.is(template.metadata.annotations['prometheus.io/port'], String(listening));
  assert.is(served.ports[0].targetPort, running.ports[0].name);
});

test('the user is that of the image', () => {
  const { runAsUser, runAsGroup } = template.spec.securityContext;
  assert.is(image.steps.find(({ keyword }) => keyword === 'USER')?.text, `${runAsUser}:${runAsGroup}`);
});

test('there is time to stop in order', () => {
  const beforeSignal = Number(running.lifecycle.preStop.exec.command[1]);
  const { terminationGracePeriodSeconds } = template.spec;
  // The service ends within five seconds of the signal.
  assert.ok(terminationGracePeriodSeconds > beforeSignal + 5, String(terminationGracePeriodSeconds));
});

test('a Redis or a Kafka that is away makes the pods unready, and does not start them again', () => {
  assert.is(running.readinessProbe.httpGet.path, '/healthz');
  assert.is(running.livenessProbe.httpGet.path, '/livez');
});

test.run();

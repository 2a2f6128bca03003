// consumer/healthcheck.ts — Says by its exit code whether the service of this environment is ready; for images, which have no curl.
const ANSWER_MS = 2000;

const { HTTP_HOST = '127.0.0.1', HTTP_PORT = '8080' } = process.env;
const host = HTTP_HOST.includes(':') ? `[${HTTP_HOST}]` : HTTP_HOST;
try {
  const { ok } = await fetch(`http://${host}:${HTTP_PORT}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}

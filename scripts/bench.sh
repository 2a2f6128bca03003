#!/bin/sh
# scripts/bench.sh — Measures what is claimed: generator and consumer in one process each, then whole runs on a real Kafka and Redis.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install build || exit
node bench/micro.mjs && node bench/scale.mjs && node bench/link.mjs || exit
# With the young generation that the service is started with.
node --max-semi-space-size=64 bench/consumer.mjs || exit
exec node bench/runs.mjs "$@"

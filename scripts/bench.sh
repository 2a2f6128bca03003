#!/bin/sh
# scripts/bench.sh — Measures what the README claims: the generator in one process, then whole runs on a real Kafka and Redis.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install build || exit
node bench/micro.mjs && node bench/scale.mjs && node bench/link.mjs && exec node bench/runs.mjs "$@"

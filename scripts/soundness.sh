#!/bin/sh
# scripts/soundness.sh — Runs every scenario, scaled down and without Kafka, under many seeds: `--seeds 1..200`, `--scenarios smoke,zombie`, `--write` for docs/soundness.md. What was run is kept, and not run again.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install || exit
exec node --import tsx test/soundness/sweep.ts "$@"

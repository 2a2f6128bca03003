#!/bin/sh
# scripts/mutants.sh — Plants every known bug into a copy of the consumer, runs it, and writes docs/kill-matrix.md; arguments choose by name, and replace their rows.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install build || exit
exec node --import tsx test/mutants/kill-matrix.ts "$@"

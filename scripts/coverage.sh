#!/bin/sh
# scripts/coverage.sh — Runs the tests and reports which lines they reach, also as coverage/index.html.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70

# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install || exit
exec node_modules/.bin/c8 --all --include 'contract/**' --include 'consumer/**' --include 'simulator/**' \
  --reporter text --reporter html sh scripts/test.sh "$@"

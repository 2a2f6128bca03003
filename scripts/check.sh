#!/bin/sh
# scripts/check.sh — Types, lint, format, and the rules of the house; all of them, also after one has failed.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70

# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install || exit

failed=''
check() {
  name=$1
  shift
  "$@" || failed="$failed $name"
}
# The sources are among them; a build checks them once more without the tests.
check types node_modules/.bin/tsc -p tsconfig.test.json --incremental --tsBuildInfoFile node_modules/.cache/check.tsbuildinfo
check lint-and-format node_modules/.bin/biome check --error-on-warnings .
check style node --import tsx test/run.ts --unit test/style/
check generated node --import tsx test/run.ts --unit test/scenarios.test.ts test/simulator/vocabulary/

if [ -n "$failed" ]; then
  echo "check: failed:$failed" >&2
  exit 1
fi
echo 'check: ok'

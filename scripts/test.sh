#!/bin/sh
# scripts/test.sh — Runs the tests; installs and builds first when that is missing or out of date.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70

# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
if ! prepare install; then
  echo '0 passed, 1 failed'
  exit 1
fi
# Sources that do not compile are one failure; the tests that need no dist still have something to say.
built=yes
prepare build || built=no
# A Kafka that lives for seconds is compiled in vain: this halves the processor time that it takes.
export SIM_KAFKA_JAVA_OPTIONS="${SIM_KAFKA_JAVA_OPTIONS--XX:TieredStopAtLevel=1}"
exec node --import tsx test/run.ts --built="$built" "$@"

#!/bin/sh
# scripts/test-lts.sh — Runs the tests under the newest LTS line of Node.js, where a warning fails them.
# That Node comes from the npm package `node`, on demand: it is too big for everybody's installation.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
wanted=${SIM_LTS_NODE:-26.10.0}

echo "test:lts: Node.js $wanted" >&2
SIM_EXPECT_NODE=v$wanted SIM_FORBID_WARNINGS=1 \
  exec npm exec --yes --package="node@$wanted" -- sh scripts/test.sh "$@"

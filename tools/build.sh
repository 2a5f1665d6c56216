#!/usr/bin/env bash
# Builds the pages, and the worker as one file. The Prisma client is generated without its engine, which nothing here needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Two that build at once would write into each other's .next.
mkdir -p .state
if command -v flock >/dev/null; then
  exec 9>.state/build.lock
  flock 9
fi

# What is changed from here on is not in this build, and one that breaks off is none.
rm -f .next/BUILD_BEGUN
touch .state/build-begun

export NEXT_TELEMETRY_DISABLED=1
PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node_modules/.bin/prisma generate >/dev/null
NODE_ENV=production node_modules/.bin/next build
node_modules/.bin/tsx tools/build-worker.ts
touch -r .state/build-begun .next/BUILD_BEGUN

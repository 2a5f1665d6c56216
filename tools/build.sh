#!/usr/bin/env bash
# Builds the pages. The Prisma client is generated without its engine, which nothing here needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Two that build at once would write into each other's .next.
mkdir -p .state
if command -v flock >/dev/null; then
  exec 9>.state/build.lock
  flock 9
fi

export NEXT_TELEMETRY_DISABLED=1
PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node_modules/.bin/prisma generate >/dev/null
NODE_ENV=production node_modules/.bin/next build

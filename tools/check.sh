#!/usr/bin/env bash
# Every check that needs no server, one line each. `tools/check.sh static` leaves the unit tests out.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
export PATH="$PWD/node_modules/.bin:$PATH"
failed=0

main() {
  # The types of an earlier build know pages that were moved since.
  next typegen >/dev/null 2>&1
  check format oxfmt --check
  check lint oxlint --deny-warnings
  check types tsc --noEmit -p .
  check dead-code knip --no-progress
  check docs tsx tools/check-docs.ts
  check advisories tsx tools/check-advisories.ts
  [ "${1:-}" = static ] || check unit vitest run --project unit --project web
  [ "$failed" = 0 ]
}

check() {
  local name=$1 started output seconds
  shift
  started=$(date +%s%N)
  if output=$("$@" 2>&1); then
    seconds=$(since "$started")
    printf '%-10s ok      %s s\n' "$name" "$seconds"
  else
    seconds=$(since "$started")
    printf '%-10s FAILED  %s s\n' "$name" "$seconds"
    # shellcheck disable=SC2001
    sed 's/^/    /' <<<"$output"
    failed=1
  fi
}

since() {
  awk -v from="$1" -v to="$(date +%s%N)" 'BEGIN { printf "%.1f", (to - from) / 1e9 }'
}

main "$@"

#!/usr/bin/env bash
# Makes a bare Debian or Ubuntu machine ready for `npm run demo`, the lab and, with the word `tests`, for `npm test` and the
# benches. Quiet when nothing is missing.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lists=lab/packages.txt

main() {
  require_node
  case "${1:-}" in tests | bench-packages) lists="$lists tools/packages.txt" ;; esac
  install_packages
  # The lab and the benches call this while they are themselves running from node_modules: packages only.
  case "${1:-}" in packages | bench-packages) return ;; esac
  install_node_modules
  generate_prisma_client
}

fail() {
  echo "bootstrap: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

require_node() {
  command -v node >/dev/null || fail "Node is not installed: install Node 20.19 or newer, then run this again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node $(node --version) is too old: install Node 20.19 or newer, then run this again."
}

missing_packages() {
  local wanted
  # shellcheck disable=SC2086
  wanted=$(grep -hv '^#' $lists)
  # Ubuntu has Chromium as a snap only: who runs the end-to-end tests there installs it by hand.
  if grep -qx 'ID=ubuntu' /etc/os-release; then wanted=$(grep -vx chromium <<<"$wanted"); fi
  # shellcheck disable=SC2086
  { dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true; } |
    awk '$2 == "installed" { print $1 }' | sort | comm -13 - <(sort <<<"$wanted")
}

install_packages() {
  command -v dpkg-query >/dev/null || fail "this machine has no dpkg: the lab needs Debian or Ubuntu."
  local missing log
  missing=$(missing_packages | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing and need root to install: $missing"
  fi
  echo "bootstrap: installing $missing"
  log=$(mktemp)
  forbid_service_starts
  trap allow_service_starts EXIT
  forbid_default_cluster
  as_root apt-get update -qq >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "apt-get update failed: see above; is a package mirror reachable?"; }
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 $missing >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "apt-get could not install $missing: see above."; }
  allow_service_starts
  trap - EXIT
  rm -f "$log"
}

policy=/usr/sbin/policy-rc.d
policy_kept=$policy.before-matriarch
policy_mark='# Of tools/bootstrap.sh of Matriarch: no service starts while it installs packages.'

# Debian starts a service as soon as it is installed, unless policy-rc.d answers 101. One that is ours was left by a run
# that was killed: it must not be taken for the original.
forbid_service_starts() {
  if [ -e "$policy" ] && ! is_our_policy; then as_root mv "$policy" "$policy_kept"; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}

allow_service_starts() {
  if is_our_policy; then as_root rm -f "$policy"; fi
  if [ -e "$policy_kept" ] && [ ! -e "$policy" ]; then as_root mv "$policy_kept" "$policy"; fi
}

is_our_policy() {
  grep -qxF "$policy_mark" "$policy" 2>/dev/null
}

# postgresql-common would otherwise make a cluster of its own with the first server package.
forbid_default_cluster() {
  if dpkg-query -W -f '${db:Status-Status}' postgresql-common 2>/dev/null | grep -qx installed; then return; fi
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/no-main.conf >/dev/null
}

install_node_modules() {
  if [ node_modules/.package-lock.json -nt package-lock.json ] || [ ! -e package-lock.json ]; then return; fi
  echo "bootstrap: installing node modules"
  local log
  log=$(mktemp)
  # npm ci refuses a lock without the optional packages of other platforms, which some mirrors of the registry do not
  # carry; npm install takes the same locked versions and leaves out what is not there.
  npm ci --no-audit --no-fund --loglevel=error >"$log" 2>&1 ||
    npm install --no-save --no-audit --no-fund --loglevel=error >>"$log" 2>&1 ||
    { grep -v '^npm error *$' "$log" | tail -n 20 >&2; fail "npm could not install: see above; is the registry reachable?"; }
  rm -f "$log"
  touch node_modules/.package-lock.json
}

generate_prisma_client() {
  local schema=prisma/schema.prisma client=server/store/generated
  [ -e "$schema" ] || return 0
  if [ -e "$client" ] && [ "$client" -nt "$schema" ]; then return; fi
  local output
  output=$(PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx --no-install prisma generate 2>&1) ||
    { echo "$output" >&2; fail "prisma generate failed: see above."; }
  touch "$client"
}

main "$@"

/**
 * Who may import whom: a zone's own files, and those whose path begins with an entry of its row. `types` may be
 * imported by `import type` alone. A zone without a row is refused, so that a new folder is placed on purpose.
 */
export const layers = {
  domain: { may: [] },
  agent: { may: ['domain'] },
  'server/errors': { may: [] },
  'server/env': { may: ['domain', 'server/errors'] },
  'server/log': { may: ['server/errors'] },
  'server/adapters': { may: ['domain', 'agent/protocol', 'server/errors', 'server/log'] },
  'server/store': { may: ['domain', 'server/errors', 'server/env', 'server/log'] },
  'server/audit': { may: ['domain', 'server/errors', 'server/store'] },
  'server/collector': { may: ['domain', 'server/errors', 'server/log', 'server/adapters', 'server/store'] },
  'server/feed': { may: ['domain', 'server/errors', 'server/log', 'server/store'] },
  'server/alerts': { may: ['domain', 'server/errors', 'server/log', 'server/store'] },
  'server/operations': {
    may: [
      'domain',
      'agent/protocol',
      'server/errors',
      'server/log',
      'server/adapters',
      'server/store',
      'server/audit',
      'server/factors',
      // What was told of a cluster is told as ended in the transaction that removes it.
      'server/alerts/notify',
    ],
  },
  'server/factors': { may: ['domain', 'server/errors', 'server/store', 'server/audit'] },
  'server/auth': {
    may: [
      'domain',
      'server/errors',
      'server/env',
      'server/log',
      'server/store',
      'server/audit',
      'server/factors',
      // Signing in elsewhere is the one thing the web tier asks of a system outside.
      'server/adapters/oidc',
    ],
  },
  'server/api': {
    may: [
      'domain',
      'agent/protocol',
      'server/errors',
      'server/env',
      'server/log',
      'server/store',
      'server/feed',
      'server/operations',
      'server/alerts',
      'server/audit',
      'server/auth',
      'server/factors',
    ],
  },
  'server/worker': { may: ['domain', 'server'] },
  'components/ui': { may: [] },
  components: { may: ['domain'], types: ['server/api/root', 'server/api/watch/root'] },
  'app/api': { may: ['domain', 'server/errors', 'server/api', 'server/auth'] },
  'app/badge': { may: ['server/api'] },
  app: { may: ['components', 'domain', 'server/errors', 'server/api/caller', 'server/auth'] },
  lab: { may: ['domain'] },
  e2e: { may: ['domain', 'lab', 'tools/testing'] },
  bin: { may: ['domain', 'tools'] },
  tools: { may: ['domain', 'server', 'lab', 'e2e'] },
}

/** What a test may import beyond the row of the file it stands beside. */
export const testsMayAlso = ['tools/testing', 'lab', 'server/store']

const ownRow = ['server/errors', 'server/env', 'server/log', 'server/worker', 'components/ui', 'app/api', 'app/badge']

/** The zone of a path from the root (`server/api/root.ts` is in `server/api`); null for files at the root itself. */
export function zoneOf(path) {
  const parts = path.split('/')
  if (parts.length === 1) return null
  const pair = `${parts[0]}/${(parts[1] ?? '').replace(/\.[cm]?[jt]sx?$/, '')}`
  if (parts[0] === 'server' || ownRow.includes(pair)) return pair
  return parts[0]
}

/** True when the path is the entry itself, with or without its extension, or lies below it. */
export function isBelow(path, entry) {
  return path === entry || path.startsWith(`${entry}/`) || path.startsWith(`${entry}.`)
}

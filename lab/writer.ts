import { fileURLToPath } from 'node:url'
import { address, database, ports } from './addresses.ts'
import { credentials } from './credentials.ts'
import type { Server } from './processes.ts'

/** Plain Node, not tsx: it runs for days and should cost next to nothing. */
export function writerServer(): Server {
  const { user, password } = credentials.app
  return {
    host: 'writer',
    name: 'writer',
    // The checkout, where the pg module is, need not be readable for anybody else.
    user: 'root',
    command: [process.execPath, '--max-old-space-size=32', fileURLToPath(new URL('heartbeat.mjs', import.meta.url))],
    env: {
      PGHOST: address.haproxy,
      PGPORT: `${ports.haproxyLeader}`,
      PGDATABASE: database,
      PGUSER: user,
      PGPASSWORD: password,
    },
  }
}

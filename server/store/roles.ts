import { createHash, createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '#server/errors.ts'
import { connectTimeoutMs } from './connect-timeout.ts'
import { lockRights } from './rights-lock.ts'
import { scramVerifier } from './scram.ts'
import { translateStoreError } from './unreachable.ts'
import { webGrants } from './web-grants.ts'

/** Makes the web tier's role for this database if it is missing, gives it its rights and returns its address; may be run at any time. */
export async function prepareRoles(ownerUrl: string): Promise<{ webUrl: string }> {
  const role = webRole(ownerUrl)
  const password = webPassword(ownerUrl, role)
  await asOwner(ownerUrl, async (owner) => {
    const name = pg.escapeIdentifier(role)
    const { rows } = await owner.query('select 1 from pg_roles where rolname = $1', [role])
    if (rows.length === 0) await owner.query(`create role ${name}`)
    // The verifier, not the password, is what a server log would show.
    await owner.query(`alter role ${name} login noinherit password ${pg.escapeLiteral(scramVerifier(password))}`)
    await owner.query(`grant connect on database ${pg.escapeIdentifier(databaseOf(ownerUrl))} to ${name}`)
    await grant(owner, role)
  })
  const webUrl = new URL(ownerUrl)
  webUrl.username = role
  webUrl.password = password
  return { webUrl: webUrl.href }
}

/** Gives the web role exactly its rights; once more after DBOS has made its schema, so that it can enqueue. */
export async function grantWeb(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, (owner) => grant(owner, webRole(ownerUrl)))
}

/** Roles belong to the whole server: the role of another database gets a name of its own, so that none can enter two stores. */
export function webRole(ownerUrl: string): string {
  const database = databaseOf(ownerUrl)
  if (database === 'matriarch') return 'matriarch_web'
  const short = /^[a-z0-9_]{1,40}$/.test(database)
    ? database
    : createHash('sha256').update(database).digest('hex').slice(0, 16)
  return `matriarch_web_${short}`
}

async function grant(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ exists: boolean }>(
    "select to_regclass('dbos.workflow_input') is not null as exists",
  )
  for (const statement of webGrants(pg.escapeIdentifier(role), rows[0]?.exists === true)) await owner.query(statement)
}

// One password for all who start a console on this database; nothing has to be kept or handed round.
function webPassword(ownerUrl: string, role: string): string {
  const { password } = new URL(ownerUrl)
  if (password === '') return randomBytes(24).toString('base64url')
  return createHmac('sha256', decodeURIComponent(password)).update(`matriarch web role ${role}`).digest('base64url')
}

function databaseOf(url: string): string {
  const { database, user } = new pg.Client({ connectionString: url })
  return database ?? user ?? 'postgres'
}

/**
 * Whoever changes a table at that moment (by hand, or an autovacuum notes what it counted) has the server refuse the
 * grant on it, not wait with it.
 */
async function asOwner(url: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  for (let left = 20; ; left -= 1) {
    try {
      return await asOwnerOnce(url, work)
    } catch (error) {
      if (left === 0 || !wasOvertaken(error)) throw error
    }
    await sleep(50)
  }
}

function wasOvertaken(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false
  return error.code === '40P01' || (error.code === 'XX000' && error.message.startsWith('tuple concurrently'))
}

// One transaction, so that a running web tier never sees itself without rights; the lock because two may prepare at once.
async function asOwnerOnce(url: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs(url),
    query_timeout: 30_000,
  })
  owner.on('error', () => {})
  try {
    await owner.connect()
    await owner.query('begin')
    await owner.query(lockRights)
    await work(owner)
    await owner.query('commit')
  } catch (error) {
    throw toSentence(error, url)
  } finally {
    await owner.end().catch(() => {})
  }
}

function toSentence(error: unknown, url: string): unknown {
  const isForbidden = error instanceof pg.DatabaseError && error.code === '42501'
  if (!isForbidden) return translateStoreError(error, url)
  const { user } = new pg.Client({ connectionString: url })
  return new AppError(
    'refused',
    `The role ${user} of DATABASE_URL may not prepare the role ${webRole(url)} for the web tier (${error.message}). Let it own the database and give it createrole.`,
    { cause: error },
  )
}

import { z } from 'zod'
import type { PoolerUser } from '#domain/stack/pooler-detail.ts'
import { isPoolerBefore } from '#domain/stack/pooler-version.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'
import type { Row } from './console-rows.ts'
import { count, word } from './row-schemas.ts'

/** Parses SHOW USERS; those that have a pool come first, the console's own user is left out unless it has one. */
export function parseUsers(
  rows: Row[],
  { version, target, isUsed }: { version: string; target: Target; isUsed: (user: string) => boolean },
): PoolerUser[] {
  const parsed = z.array(userRow).safeParse(rows)
  if (!parsed.success) {
    throw notAsExpected(target, `SHOW USERS has other columns: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  }
  const users = parsed.data.map((row, index): PoolerUser => {
    const before = isPoolerBefore(version, [1, 26]) !== false ? parsed.data[index - 1] : undefined
    return {
      name: row.name,
      mode: row.pool_mode || null,
      poolSize: sizeOf(row.pool_size, before?.pool_size),
      reservePoolSize: sizeOf(row.reserve_pool_size, before?.reserve_pool_size),
      maxConnections: row.max_user_connections ?? null,
      currentConnections: row.current_connections ?? null,
      maxClients: row.max_user_client_connections ?? null,
      currentClients: row.current_client_connections ?? null,
    }
  })
  return users
    .filter(({ name }) => name !== 'pgbouncer' || isUsed(name))
    .toSorted((a, b) => Number(isUsed(b.name)) - Number(isUsed(a.name)))
    .slice(0, mostUsers)
}

/** An auth_file may name thousands. */
const mostUsers = 500

// Up to 1.25 a user without a size of its own shows the one of the user before: of two alike only the first is certain.
function sizeOf(told: string | undefined, before: string | undefined): number | null {
  if (told === undefined || told === '' || told === before) return null
  return Number(told)
}

const size = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim())
  .refine((value) => /^\d*$/.test(value))

const userRow = z.object({
  name: word,
  pool_mode: word.nullish(),
  pool_size: size.optional(),
  reserve_pool_size: size.optional(),
  max_user_connections: count.optional(),
  current_connections: count.optional(),
  max_user_client_connections: count.optional(),
  current_client_connections: count.optional(),
})

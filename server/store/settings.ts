import type { z } from 'zod'
import type { Queryable } from './queryable.ts'

/** A public setting; null when it was never written or is not of this shape. */
export async function readSetting<T>(on: Queryable, key: string, schema: z.ZodType<T>): Promise<T | null> {
  const { rows } = await on.query<{ value: unknown }>('select value from setting where key = $1', [key])
  return schema.safeParse(rows[0]?.value).data ?? null
}

/** Writes a public setting; only the owner of the store may. */
export async function writeSetting(on: Queryable, key: string, value: unknown): Promise<void> {
  await on.query(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = $2, updated_at = now()',
    [key, JSON.stringify(value)],
  )
}

import { z } from 'zod'
import { clean } from '../clean-text.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'

/** pgBouncer's version from the rows of SHOW VERSION, e.g. `1.18.0`; throws LookError where it is not pgBouncer that answers. */
export function versionOf(rows: unknown[], target: Target): string {
  const told = rowSchema.safeParse(rows[0]).data?.version ?? ''
  const [, version] = /^PgBouncer\s+(\S+)/i.exec(told) ?? []
  if (version === undefined) throw notAsExpected(target, `it calls itself "${clean(told).slice(0, 60)}"`)
  return clean(version).slice(0, 60)
}

const rowSchema = z.object({ version: z.string() })

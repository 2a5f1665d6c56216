import { z } from 'zod'
import { retentionByDefault, type Retention } from '#domain/samples/retention.ts'
import type { Queryable } from '../queryable.ts'
import { readSetting } from '../settings.ts'

/** The setting `samples.retention`; what is not set, or not sensible, is as it comes. */
export async function readRetention(on: Queryable): Promise<Retention> {
  return { ...retentionByDefault, ...(await readSetting(on, 'samples.retention', schema)) }
}

/** Says how long samples are kept; until the transaction ends, nobody else does. Answers what was said before. */
export async function setRetention(tx: Queryable, retention: Retention): Promise<Retention> {
  await tx.query("select pg_advisory_xact_lock(hashtext('matriarch sample retention'))")
  const before = await readRetention(tx)
  await tx.query('select set_samples_retention($1)', [JSON.stringify(retention)])
  return before
}

// What no person may ask for, but was set by hand, stays: taking it for nothing would delete values.
const days = z.int().min(2).max(36_500)
const kept = days.exactOptional()
const schema = z.object({ raw: kept, minute: kept, tenMinutes: kept, hour: kept, day: kept })

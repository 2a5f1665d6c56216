import { z } from 'zod'
import type { Resolution } from '#domain/samples/series.ts'
import type { Queryable } from '../queryable.ts'
import { readSetting } from '../settings.ts'

/** How long samples and each of their roll-ups are kept, days. */
export type Retention = Record<Resolution, number>

/** The setting `samples.retention`; what is not set, or not sensible, is as it comes. */
export async function readRetention(on: Queryable): Promise<Retention> {
  return { ...byDefault, ...(await readSetting(on, 'samples.retention', schema)) }
}

const byDefault: Retention = { raw: 3, minute: 30, tenMinutes: 100, hour: 730, day: 3650 }

// A roll-up is made of what is finer, so that must outlive the time one row of it stands for.
const days = z.int().min(2).max(36_500)
const kept = days.exactOptional()
const schema = z.object({ raw: kept, minute: kept, tenMinutes: kept, hour: kept, day: kept })

import type { KeptLevel } from '#domain/samples/kept-level.ts'
import { retentionFaults, type Retention } from '#domain/samples/retention.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { readKeptLevels } from '#server/store/samples/kept-levels.ts'
import { setRetention } from '#server/store/samples/retention.ts'
import type { CommandContext } from '../trpc.ts'

/** How long samples are kept and what that costs, the finest first. */
export interface KeptSamples {
  levels: KeptLevel[]
}

/** How long samples are kept, and what that costs now. */
export async function showKept(store: Store): Promise<KeptSamples> {
  return { levels: await readKeptLevels(store.pool, new Date()) }
}

/** Says how long samples are kept; what is older goes at the next beat of a worker. Throws AppError `invalid` with a sentence for each fault. */
export async function keepFor({ act, services: { store } }: CommandContext, asked: Retention): Promise<KeptSamples> {
  const subject = { target: 'samples', cluster: null, reason: null }
  act.on({ ...subject, detail: { after: asked } })
  const fields = retentionFaults(asked)
  const [first] = fields
  if (first) throw new AppError('invalid', `${first.field}: ${first.sentence}`, { fields })
  await act.commit(async (tx) => {
    const before = await setRetention(tx, asked)
    act.on({ ...subject, detail: { before, after: asked } })
  })
  return showKept(store)
}

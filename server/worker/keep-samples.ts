import { type Loop, startLoop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { dropOld } from '#server/store/samples/drop-old.ts'
import { packClosed } from '#server/store/samples/pack-closed.ts'
import { makePartitionsAhead } from '#server/store/samples/partitions.ts'
import { rollUp } from '#server/store/samples/roll-up.ts'

const beatMs = 60_000

/** Keeps room for the samples of the days ahead, rolls up what has come, packs the days that are over and drops what is old, every minute; of several workers one does it. */
export function startKeepingSamples({ store, log, signal }: { store: Store; log: Log; signal: AbortSignal }): Loop {
  const look = async () => {
    try {
      const now = new Date()
      await makePartitionsAhead(store, now)
      await rollUp(store, now, signal)
      const packed = await packClosed(store, now)
      if (packed.length > 0) log.info({ packed }, 'packed the samples of days that are over')
      const dropped = await dropOld(store, now)
      if (dropped.length > 0) log.info({ dropped }, 'dropped samples that are older than is kept')
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
    }
  }
  return startLoop({ name: 'samples', log, signal, beatMs: () => beatMs, look })
}

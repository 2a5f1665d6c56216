import { availabilityOf, type Availability } from '#domain/availability/measure.ts'
import { monthOf, readPeriod } from '#domain/availability/period.ts'
import { againstTarget, type AgainstTarget } from '#domain/availability/target.ts'
import { availabilityWords, causeWords } from '#domain/availability/words.ts'
import { AppError } from '#server/errors.ts'
import { readTarget, saveTarget, type KeptStretch } from '#server/store/availability/read.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { readMeasured } from './measured.ts'

export interface ShownAvailability {
  cluster: string
  measured: Availability
  sentence: string
  target: number
  against: AgainstTarget
  /** Outages and what was not seen, with how each is known. */
  stretches: (KeptStretch & { words: string })[]
}

/** The availability of a cluster in a month or quarter in UTC, this month where none is named. */
export async function readAvailability(
  store: Store,
  { cluster: name, period: text }: { cluster: string; period?: string | undefined },
): Promise<ShownAvailability> {
  const now = new Date()
  const cluster = await needCluster(store, name)
  const period = text === undefined ? monthOf(now) : readPeriod(text)
  if (period === null) throw new AppError('invalid', `${text} is no month or quarter: write 2026-11 or 2026-Q4.`)
  const [measured, target] = await Promise.all([
    readMeasured(store, cluster.id, period),
    readTarget(store.pool, cluster.id),
  ])
  const told = availabilityOf(measured, period, now)
  return {
    cluster: cluster.name,
    measured: told,
    sentence: availabilityWords(told),
    target,
    against: againstTarget(told, target, period.to.getTime() - period.from.getTime()),
    stretches: measured.stretches.map((each) => ({ ...each, words: causeWords[each.cause] })),
  }
}

/** Sets what the availability of a cluster is held to. */
export async function setTargetOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, target, reason }: { cluster: string; target: number; reason: string },
): Promise<{ cluster: string; target: number }> {
  const cluster = await needCluster(store, name)
  const before = await readTarget(store.pool, cluster.id)
  act.on({ target: cluster.name, cluster, reason, detail: { before, after: target } })
  await act.commit((tx) => saveTarget(tx, { clusterId: cluster.id, target, setBy: act.actor.name }))
  return { cluster: cluster.name, target }
}

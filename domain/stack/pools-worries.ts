import { count, listNames } from '#domain/words.ts'
import { isLookedOld } from './deep-age.ts'
import type { PoolCondition } from './pool-condition.ts'
import { limitWords } from './pool-words.ts'
import { type PoolLimit, poolLimits } from './pool-limit.ts'
import { poolUses } from './pool-use.ts'
import type { PoolerTold } from './pools-told.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import { type Worry, worriesByTone } from './worry.ts'

/** What stands out of the poolers now, worst first. */
export function poolsWorries(told: readonly PoolerTold[], now: Date): Worry[] {
  return worriesByTone(
    told
      .filter(({ looked }) => !isLookedOld(looked, now))
      .flatMap(({ member, detail }) => [...waits(detail, member), ...limits(detail, member)]),
  )
}

/** What a colleague would say of the poolers: the worst thing, else how much of them is in use. */
export function poolsSentence(told: readonly PoolerTold[], worries: readonly Worry[], now: Date): string {
  const current = told.filter(({ looked }) => !isLookedOld(looked, now))
  if (current.length === 0) return 'No pgBouncer tells this console of itself now.'
  const [worst] = worries
  if (worst) return worst.sentence
  const uses = current.flatMap(({ detail }) => poolUses(detail))
  const busy = uses.reduce((sum, { busyServers }) => sum + busyServers, 0)
  const clients = uses.reduce((sum, { clientsActive }) => sum + clientsActive, 0)
  const where = current.length === 1 ? `the pgBouncer on ${current[0]?.member}` : `any of ${current.length} pgBouncers`
  const use = `${count(clients, 'client')} ${clients === 1 ? 'is' : 'are'} connected and ${count(busy, 'server')} in use`
  return `No client waits at ${where}: ${use}.`
}

/** Databases that take no work now because somebody said so, at one pooler: `orders is paused`; null = none. */
export function heldSentence({ member, detail }: Pick<PoolerTold, 'member' | 'detail'>): string | null {
  const who = `pgBouncer on ${member}`
  if (detail.state === 'paused') return `${who} is paused: clients stay connected and wait until it is resumed.`
  if (detail.state === 'suspended') return `${who} is suspended: nothing passes until it is resumed.`
  const paused = detail.databases.filter(({ isPaused }) => isPaused).map(({ name }) => name)
  const disabled = detail.databases.filter(({ isDisabled }) => isDisabled).map(({ name }) => name)
  const parts = [
    paused.length === 0 ? null : `${listNames(paused)} ${areWord(paused)} paused, so clients wait`,
    disabled.length === 0
      ? null
      : `${listNames(disabled)} ${areWord(disabled)} disabled and ${disabled.length === 1 ? 'takes' : 'take'} no new clients`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : `At ${who}, ${parts.join('; ')}.`
}

/** Limits that pools of one pooler share, each once, the nearest to being reached first. */
export function sharedLimits(detail: PoolerDetail): PoolLimit[] {
  const all = detail.pools.flatMap((pool) => poolLimits(pool, detail))
  const once = new Map(all.map((limit) => [JSON.stringify([limit.kind, limit.name]), limit]))
  return [...once.values()].toSorted((one, other) => other.used / other.max - one.used / one.max)
}

function waits(detail: PoolerDetail, member: string): Worry[] {
  return poolUses(detail).flatMap(({ condition, sentence, clientsWaiting }): Worry[] => {
    const tone = tones[condition]
    // That a pool is paused is said across the page; who waits because of it is said here.
    if (tone === null || (condition === 'paused' && clientsWaiting === 0)) return []
    return [{ tone, sentence: `On ${member}: ${sentence}` }]
  })
}

const tones = {
  fine: null,
  full: null,
  waiting: 'bad',
  serverless: 'bad',
  paused: 'warn',
  disabled: null,
} as const satisfies Record<PoolCondition, Worry['tone'] | null>

function limits(detail: PoolerDetail, member: string): Worry[] {
  return sharedLimits(detail)
    .filter(({ used, max }) => used >= max * 0.9)
    .map((limit) => ({
      tone: limit.used >= limit.max ? 'bad' : 'warn',
      sentence: `On ${member}: ${limitWords(limit)}.`,
    }))
}

function areWord(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are'
}

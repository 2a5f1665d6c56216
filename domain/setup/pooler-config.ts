import { listNames } from '#domain/words.ts'
import type { Named } from './parts.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'

/** A number of SHOW CONFIG; null where this pooler does not tell it. */
export function configNumber(config: PoolerDetail['config'], key: string): number | null {
  const text = Object.hasOwn(config, key) ? (config[key] ?? '').trim() : ''
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null
}

/** The poolers on which a number is not fine; where it is on all, whether it was seen on all. */
export function worst(
  poolers: readonly Named<PoolerDetail>[],
  key: string,
  isWrong: (amount: number) => boolean,
): { low: { member: string; value: number }[]; unseen: [] | { unseen: string } } {
  const told = poolers.map(({ member, detail }) => ({ member, value: configNumber(detail.config, key) }))
  const low = told.flatMap(({ member, value }) => (value !== null && isWrong(value) ? [{ member, value }] : []))
  const untold = told.filter(({ value }) => value === null).map(({ member }) => member)
  return {
    low,
    unseen: untold.length === 0 ? [] : { unseen: `SHOW CONFIG of pgBouncer on ${listNames(untold)} was not seen.` },
  }
}

import { listNames } from '#domain/words.ts'
import type { SetupInput } from './setup-input.ts'

/** A setting of Postgres on one member. */
export interface SettingSeen {
  member: string
  value: string
  unit: string | null
}

/** One setting on each listed member: as Postgres says it, else as the dynamic configuration sets it; of the others it is not seen. */
export function settingOnMembers(input: SetupInput, name: string): { seen: SettingSeen[]; unseen: string[] } {
  const listed = input.snapshot?.members.filter(({ isListed }) => isListed) ?? []
  const seen: SettingSeen[] = []
  const unseen: string[] = []
  for (const { name: member } of listed) {
    const setting = settingOn(input, member, name)
    if (setting === null) unseen.push(member)
    else seen.push(setting)
  }
  return { seen, unseen }
}

/** One setting on one member; null where it is not seen. */
export function settingOn({ snapshot, stack, now }: SetupInput, member: string, name: string): SettingSeen | null {
  const look = stack?.members.find((each) => each.name === member)?.postgres
  const isHeld = look?.seenAt != null && now.getTime() - look.seenAt.getTime() <= holdsMs
  const own = isHeld ? ownEntry(look.value?.settings, name) : undefined
  if (own) return { member, value: own.value, unit: own.unit }
  const dynamic = ownEntry(snapshot?.config?.setup?.parameters, name)
  return dynamic === undefined ? null : { member, value: dynamic, unit: plainUnits.get(name) ?? null }
}

/** What would let a setting be seen that is not. */
export function settingUnseen(name: string, unseen: readonly string[]): string {
  return `${name} was not seen on ${listNames(unseen)}: Matriarch reads it by SQL, as a user with pg_monitor.`
}

/** A setting as a number: bytes, seconds, or plain where it has no unit; below zero as it is. Null = it is no number. */
export function settingAmount({ value, unit }: Omit<SettingSeen, 'member'>): number | null {
  const [, digits, own = ''] = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(value.trim()) ?? []
  if (digits === undefined) return null
  const amount = Number(digits)
  const word = own || unit
  if (amount < 0 || !word) return amount
  const [, times = '', name = ''] = /^(\d*)([a-zA-Z]+)$/.exec(word) ?? []
  const factor = factors.get(name)
  return factor === undefined ? null : amount * factor * (times === '' ? 1 : Number(times))
}

/** A setting as a person writes it in a configuration: `128MB`, `60s`. */
export function settingText(setting: Omit<SettingSeen, 'member'>): string {
  const { value, unit } = setting
  if (value === '') return 'empty'
  if (unit === null || !/^\d+$/.test(value) || Number(value) === 0) return value
  if (!unit.endsWith('B')) return `${value}${unit}`
  let amount = settingAmount(setting) ?? 0
  let step = 0
  while (step < sizeUnits.length - 1 && amount % 1024 === 0) {
    amount /= 1024
    step += 1
  }
  return `${amount}${sizeUnits[step]}`
}

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined
}

const holdsMs = 900_000

const factors = new Map([
  ['B', 1],
  ['kB', 1024],
  ['MB', 1024 ** 2],
  ['GB', 1024 ** 3],
  ['TB', 1024 ** 4],
  ['us', 0.000_001],
  ['ms', 0.001],
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** What a number without a unit means in a configuration, where Postgres has not said it. */
const plainUnits = new Map([
  ['archive_timeout', 's'],
  ['checkpoint_timeout', 's'],
  ['idle_in_transaction_session_timeout', 'ms'],
  ['max_standby_streaming_delay', 'ms'],
  ['wal_keep_size', 'MB'],
  ['max_slot_wal_keep_size', 'MB'],
])

/** Bytes as one would say them, in powers of 1000: `0 B`, `1.2 kB`, `212 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unknown'
  let amount = Math.abs(bytes)
  let unit = 0
  while (unit < byteUnits.length - 1 && roundShort(amount) >= 1000) {
    amount /= 1000
    unit += 1
  }
  return `${bytes < 0 ? '-' : ''}${roundShort(amount)} ${byteUnits[unit]}`
}

/** Bytes in a sentence about loss: `0 bytes`, `1 byte`, `1.2 kB`. */
export function formatByteCount(bytes: number): string {
  const rounded = Math.round(bytes)
  if (rounded === 1) return '1 byte'
  return Math.abs(rounded) < 1000 ? `${rounded} bytes` : formatBytes(rounded)
}

/** A measured length of time, ms, in at most two units: `0.3 s`, `1.4 s`, `8 min 40 s`, `6 d 4 h`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown'
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 9.95) return `${roundShort(seconds)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return twoUnits(whole, 60, 'min', 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440) return twoUnits(minutes, 60, 'h', 'min')
  return twoUnits(Math.round(seconds / 3600), 24, 'd', 'h')
}

/** How long ago something was, in one unit: `0.3 s`, `40 s`, `4 min`, `3 h`, `6 d`. Times ahead count as now. */
export function formatAge(since: Date, now: Date): string {
  const seconds = Math.max(0, now.getTime() - since.getTime()) / 1000
  if (!Number.isFinite(seconds)) return 'unknown'
  if (seconds < 60) return formatDuration(Math.min(seconds, 59) * 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** How long something has lasted, for a sentence: ` for 4 min`; empty while it has only begun. */
export function forAge(since: Date | null | undefined, now: Date): string {
  return !since || now.getTime() - since.getTime() < 1000 ? '' : ` for ${formatAge(since, now)}`
}

/** How long something has lasted whose beginning may not have been seen: ` for 4 min`, ` for at least 4 min`. */
export function forAgeAtLeast(since: Date | null | undefined, now: Date, isLonger: boolean): string {
  const lasting = forAge(since, now)
  return isLonger ? lasting.replace(' for ', ' for at least ') : lasting
}

/** A WAL position in Postgres's own notation, e.g. `0/B000180`. */
export function formatLsn(lsn: number): string {
  if (!Number.isFinite(lsn) || lsn < 0) return 'unknown'
  const high = Math.floor(lsn / 2 ** 32)
  const low = Math.floor(lsn) % 2 ** 32
  return `${hex(high)}/${hex(low)}`
}

/** A moment in UTC as a sentence has it: `2026-11-23 09:58:12 UTC`. */
export function formatInstant(at: Date): string {
  if (Number.isNaN(at.getTime())) return 'unknown'
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Postgres's version from its server_version_num: 150020 is `15.20`, 90624 is `9.6.24`. */
export function formatServerVersion(serverVersion: number): string {
  const major = Math.floor(serverVersion / 10_000)
  const rest = serverVersion % 10_000
  if (major >= 10) return `${major}.${rest}`
  return `${major}.${Math.floor(rest / 100)}.${rest % 100}`
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const

/** One decimal below ten, none above; a trailing .0 goes by itself. */
function roundShort(amount: number): number {
  return amount < 9.95 ? Math.round(amount * 10) / 10 : Math.round(amount)
}

function twoUnits(total: number, base: number, big: string, small: string): string {
  const rest = total % base
  const head = `${Math.floor(total / base)} ${big}`
  return rest === 0 ? head : `${head} ${rest} ${small}`
}

function hex(part: number): string {
  return part.toString(16).toUpperCase()
}

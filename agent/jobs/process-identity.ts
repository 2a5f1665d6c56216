import { readFileSync } from 'node:fs'

/** A process that cannot be taken for another: process numbers are used again, and after a new boot all of them. */
export interface ProcessIdentity {
  bootId: string
  pid: number
  startTime: string
}

/** Names a process that lives now; null when there is none with this number. */
export function identityOf(pid: number): ProcessIdentity | null {
  const startTime = startTimeOf(pid)
  return startTime === null ? null : { bootId: bootId(), pid, startTime }
}

/** True while this very process lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identity.bootId === bootId() && startTimeOf(identity.pid) === identity.startTime
}

/** Id of the machine's present boot. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** Ticks from boot to the start of a process, as the kernel writes them; a process that has ended but was not yet reaped is gone. */
function startTimeOf(pid: number): string | null {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  // The name, in brackets, may hold anything, brackets and blanks too: what counts begins after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  return state === 'Z' || state === 'X' ? null : (fields[19] ?? null)
}

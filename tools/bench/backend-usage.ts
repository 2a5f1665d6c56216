import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { ownUsageOf, ticksPerSecond } from './process-usage.ts'

/** CPU time of a Postgres's processes so far, seconds. */
export interface BackendUsage {
  /** Of the sessions that are open now, by who has them and their pid. */
  open: Map<string, Map<number, number>>
  /** Of all processes of the server that have ended. */
  ended: number
}

/** What the sessions of each user have used, as far as they are open, and what those that have ended have. */
export async function backendUsage(admin: pg.Client): Promise<BackendUsage> {
  const { rows } = await admin.query<{ pid: number; user: string; own: boolean }>(
    `select pid, usename as "user", pid = pg_backend_pid() as own from pg_stat_activity where backend_type = 'client backend'`,
  )
  const open = new Map<string, Map<number, number>>()
  for (const { pid, user } of rows) {
    const pids = open.get(user) ?? new Map<number, number>()
    open.set(user, pids.set(pid, ownUsageOf(pid).cpuSeconds))
  }
  const own = rows.find((row) => row.own)
  return { open, ended: own ? endedBelow(parentOf(own.pid)) : 0 }
}

/** What the sessions of one user used between the two, of those that are open at the end. */
export function usedBy(user: string, from: BackendUsage, to: BackendUsage): number {
  const before = from.open.get(user)
  return [...(to.open.get(user) ?? [])].reduce((sum, [pid, seconds]) => sum + seconds - (before?.get(pid) ?? 0), 0)
}

/** True where a session of the user's that was open before has ended since: its use is among those that ended. */
export function hasLeft(user: string, from: BackendUsage, to: BackendUsage): boolean {
  return [...(from.open.get(user) ?? [])].some(([pid]) => to.open.get(user)?.has(pid) !== true)
}

/** cutime and cstime: of the children that have ended and were waited for. */
function endedBelow(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1])
}

/** Fields from the third on: the second may hold spaces and brackets. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
}

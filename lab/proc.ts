import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import type { HostName } from './addresses.ts'
import { namespacePath } from './namespace.ts'

/** A live process. Pid and start together name it for ever: a recycled pid has another start. */
export interface LiveProcess {
  pid: number
  startedTicks: number
  isStopped: boolean
  program: string
}

/** Every live process of a host, found by its network namespace, so nothing that was forked can escape. */
export function processesOf(host: HostName): LiveProcess[] {
  const inode = namespaceInode(host)
  if (inode === null) return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && networkInode(pid) === inode)
    .flatMap((pid) => liveProcess(pid) ?? [])
}

/** Every live process that works in exactly this folder, as a Postgres does in its data. */
export function processesIn(folder: string): LiveProcess[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && workingFolder(pid) === folder)
    .flatMap((pid) => liveProcess(pid) ?? [])
}

export function liveProcess(pid: number): LiveProcess | null {
  const entry = tableEntry(pid)
  if (entry === null || entry.state === 'Z' || entry.state === 'X') return null
  return { pid, startedTicks: entry.startedTicks, isStopped: entry.state === 'T', program: programOf(pid) }
}

/** Whether the kernel still lists the process, be it as a zombie that its parent has not yet collected. */
export function isListed({ pid, startedTicks }: Pick<LiveProcess, 'pid' | 'startedTicks'>): boolean {
  return tableEntry(pid)?.startedTicks === startedTicks
}

export function signal(target: Pick<LiveProcess, 'pid' | 'startedTicks'>, name: NodeJS.Signals): void {
  if (liveProcess(target.pid)?.startedTicks !== target.startedTicks) return
  try {
    process.kill(target.pid, name)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH'
    if (!isGone) throw error
  }
}

function tableEntry(pid: number): { state: string; startedTicks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): the name in brackets may hold blanks; state is field 3, starttime field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedTicks: Number(fields[19]) }
  } catch {
    return null
  }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
      .replace(/.*\//, '')
      .replace(/ \(deleted\)$/, '')
  } catch {
    return ''
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function networkInode(pid: number): number | null {
  try {
    return Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0])
  } catch {
    return null
  }
}

function namespaceInode(host: HostName): number | null {
  return statSync(namespacePath(host), { throwIfNoEntry: false })?.ino ?? null
}

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { descendantsOf } from '../../e2e/processes.ts'

export interface Usage {
  cpuSeconds: number
  residentBytes: number
}

/** CPU time so far and resident memory now of a process and all below it. */
export function usageOf(pid: number): Usage {
  const pids = [pid, ...descendantsOf(pid).map((child) => child.pid)]
  return pids.map(ownUsageOf).reduce((sum, one) => ({
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
    residentBytes: sum.residentBytes + one.residentBytes,
  }))
}

export const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** The same of a process alone. */
export function ownUsageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return {
    // utime and stime are fields 14 and 15 of stat, the two before them being cut off here.
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentBytes: Number(kilobytes ?? 0) * 1024,
  }
}

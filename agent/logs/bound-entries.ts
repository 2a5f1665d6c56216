import { scrub } from '#agent/jobs/scrub.ts'
import type { LogEntry } from './log-form.ts'

/** One thing that was logged, perhaps more than once within a minute. */
export interface CountedEntry extends LogEntry {
  times: number
}

/**
 * What is told of a log's entries, in the order of time: without secrets, the same within one minute of the clock once, and of more than
 * `most`, or more than 256 KiB, the first and the last; how many were left out is told.
 */
export function boundEntries(entries: readonly LogEntry[], most: number): { entries: CountedEntry[]; leftOut: number } {
  const counted = countSame(entries.toSorted((a, b) => a.atMs - b.atMs))
  let kept = counted.length <= most ? counted : ends(counted, most)
  while (sizeOf(kept) > mostBytes) kept = ends(kept, Math.floor(kept.length / 2))
  return { entries: kept, leftOut: counted.length - kept.length }
}

const mostBytes = 256 * 1024
const longestText = 2_000
/** Python names objects by their place in memory, by which the same would never be the same. */
const inMemory = / object at 0x[0-9a-f]+/g

function countSame(entries: readonly LogEntry[]): CountedEntry[] {
  const byKey = new Map<string, CountedEntry>()
  for (const { atMs, level, text: raw } of entries) {
    const text = scrubbed(raw)
    const key = `${Math.floor(atMs / 60_000)} ${level} ${text}`
    const same = byKey.get(key)
    if (same) same.times += 1
    else byKey.set(key, { atMs, level, text, times: 1 })
  }
  return [...byKey.values()]
}

function scrubbed(text: string): string {
  const clean = text.replaceAll(inMemory, '').split('\n').map(scrub).join('\n')
  return clean.length > longestText ? `${clean.slice(0, longestText)}…` : clean
}

function ends<T>(all: readonly T[], most: number): T[] {
  const first = Math.ceil(most / 2)
  const last = most - first
  return [...all.slice(0, first), ...(last === 0 ? [] : all.slice(-last))]
}

function sizeOf(entries: readonly CountedEntry[]): number {
  return entries.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 80, 0)
}

import type { CommitsLost } from '#domain/wal/commits-lost.ts'
import { minute } from './backup-made.ts'
import { hour } from './restore-case.ts'

/** A count that is whole, of 1,234 commits. */
export function madeCommitsLost(change: Partial<CommitsLost> = {}): CommitsLost {
  return {
    commits: 1234,
    isAtLeast: false,
    lastAt: minute(59),
    problems: [],
    segments: 3,
    countedAt: hour,
    node: 'pg-node-1',
    repository: 1,
    ...change,
  }
}

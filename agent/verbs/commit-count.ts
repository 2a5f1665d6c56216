import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { parseLsn } from '#domain/lsn.ts'
import { readEnd, readWalRecord, type WalRecord } from './wal-record.ts'

/** Where a recovery stops, and where it leaves the line that is read, if it does. */
export type CountFrom = Pick<ArgsOf<'wal-count'>, 'target' | 'leftLsn'>

/**
 * Counts the commits that a recovery leaves out, from pg_waldump's lines. It stops as Postgres does (xlogrecovery.c recoveryStopsBefore and
 * recoveryStopsAfter): before the first end of a transaction that is later than a moment, at the end of a transaction whether it committed or not,
 * after a restore point of that name, after the first record at a position or, exclusively, before it. From there on every commit counts, whatever its time.
 */
export class CommitCount {
  readonly #target: CountFrom['target']
  readonly #stopLsn: number | null
  readonly #leftLsn: number | null
  /** True once the recovery has stopped: what follows is left out. */
  hasBegun = false
  /** True where the end of a transaction was read that is kept. */
  hasKept = false
  commits = 0
  lastAt: string | null = null

  constructor({ target, leftLsn }: CountFrom) {
    this.#target = target
    this.#stopLsn = target.type === 'lsn' ? parseLsn(target.value) : null
    this.#leftLsn = leftLsn === null ? null : parseLsn(leftLsn)
  }

  take(line: string): void {
    const record = readWalRecord(line)
    if (record === null) return
    const end = readEnd(record)
    if (!this.hasBegun) {
      const stop = this.#stopAt(record, end)
      if (stop !== 'before') {
        this.hasKept ||= end !== null
        this.hasBegun = stop === 'after'
        return
      }
      this.hasBegun = true
    }
    if (end?.isCommitted !== true) return
    this.commits += 1
    this.lastAt = end.at
  }

  #stopAt({ manager, lsn, words }: WalRecord, end: ReturnType<typeof readEnd>): 'before' | 'after' | null {
    const at = parseLsn(lsn)
    if (this.#leftLsn !== null && at !== null && at >= this.#leftLsn) return 'before'
    const target = this.#target
    switch (target.type) {
      case 'time':
        return end !== null && isLater(end.at, target.value) ? 'before' : null
      case 'lsn':
        if (at === null || this.#stopLsn === null || at < this.#stopLsn) return null
        return target.exclusive ? 'before' : 'after'
      case 'xid':
        if (end?.xids[0] !== target.value) return null
        return target.exclusive ? 'before' : 'after'
      case 'name':
        return manager === 'XLOG' && words === `RESTORE_POINT ${target.value}` ? 'after' : null
    }
  }
}

/** Both as `YYYY-MM-DD HH:MM:SS.ffffff+00`, with as many digits as were written. */
function isLater(one: string, other: string): boolean {
  return inMicroseconds(one) > inMicroseconds(other)
}

function inMicroseconds(text: string): string {
  const [seconds = '', fraction = ''] = text.replace(/\+00$/, '').split('.')
  return `${seconds}.${fraction.padEnd(6, '0')}`
}

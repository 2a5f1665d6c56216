'use client'

import { Moment } from '#components/time/moment.tsx'
import { Button } from '#components/ui/button.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatInstant } from '#domain/format.ts'
import { leftOutSentence, noLossSentence } from '#domain/wal/mass-delete.ts'
import type { CommitsFound, WalCommit } from '#domain/wal/wal-commits.ts'
import { count, listNames } from '#domain/words.ts'

interface CommitListProps {
  found: CommitsFound
  /** Timelines of the current line: what lies on another names its timeline in the target. */
  line: readonly number[]
  onTarget: (target: RecoveryTarget) => void
}

/** Transactions that took something away, newest first; one of them is the target to stop just before. */
export function CommitList({ found, line, onTarget }: CommitListProps) {
  const { commits, problems, isCut, segments, node, firstAt, lastAt } = found
  return (
    <div className="grid gap-3">
      {problems.map((problem) => (
        <p key={problem} className="flex items-start gap-2.5">
          <StateIcon tone="warn" className="mt-[3px]" />
          <span>{problem}</span>
        </p>
      ))}
      {commits.length === 0 ? (
        <p>{noLossSentence}</p>
      ) : (
        <ol aria-label="Transactions that took something away" className="grid">
          {commits.toReversed().map((commit) => (
            <li
              key={`${commit.timeline} ${commit.xid} ${commit.lsn}`}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line py-2 first:border-t-0"
            >
              <span className="min-w-0 flex-1 basis-56">
                <span className="block break-words">
                  <Spoken sentence={tellCommit(commit)} names={commit.relations} />
                </span>
                <span className="text-sm text-muted">
                  <Moment at={commit.at} shape="full" />, transaction {commit.xid}
                </span>
              </span>
              <Button
                size="small"
                aria-label={`Just before this: transaction ${commit.xid}. ${tellCommit(commit)}`}
                onClick={() => onTarget(justBefore(commit, line))}
              >
                Just before this
              </Button>
            </li>
          ))}
        </ol>
      )}
      <p className="text-sm text-muted">
        {count(segments.count, 'WAL segment')} read on {node}
        {firstAt && lastAt ? `, with commits from ${formatInstant(firstAt)} to ${formatInstant(lastAt)}` : ''}
        {isCut ? '; there is more than is read at once: this is the end of it' : ''}. {leftOutSentence}
      </p>
    </div>
  )
}

/** What a transaction took away: `Dropped orders.` */
export function tellCommit({ kind, relations, deletedRows }: WalCommit): string {
  const what = relations.length === 0 ? 'something' : listNames(relations)
  switch (kind) {
    case 'drop':
      return `Dropped ${what}.`
    case 'truncate':
      return `Truncated ${what}.`
    case 'delete':
      return `Deleted ${deletedRows.toLocaleString('en-US')} ${deletedRows === 1 ? 'row' : 'rows'} of ${what}.`
  }
}

/** The target that keeps everything up to a transaction and leaves it out. */
export function justBefore({ xid, at, timeline }: WalCommit, line: readonly number[]): RecoveryTarget {
  return {
    type: 'xid',
    value: xid,
    set: null,
    timeline: line.includes(timeline) ? null : timeline,
    isExclusive: true,
    at,
  }
}

import { cx } from 'class-variance-authority'
import { count, listNames } from '#domain/words.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'

/** Each member as a square: gold leads, full is well, crossed out needs a look, dashed is not seen. */
export function MemberSquares({ row }: { row: AgedRow }) {
  if (row.members.length === 0) return <span className="text-faint">–</span>
  const told = tellMembers(row)
  return (
    <span data-tip={told} className="relative inline-flex min-h-[1.5em] flex-wrap items-center gap-1">
      <span className="sr-only">{told}</span>
      {row.members.slice(0, drawnAtMost).map((member) => (
        <Square
          key={member.name}
          isLeader={member.name === row.leader}
          isFine={member.isFine}
          isCurrent={row.isCurrent && row.level !== 'unseen'}
        />
      ))}
      {row.members.length > drawnAtMost ? (
        <span aria-hidden="true" className="text-sm text-faint">
          +{row.members.length - drawnAtMost}
        </span>
      ) : null}
    </span>
  )
}

const drawnAtMost = 9

function Square({ isLeader, isFine, isCurrent }: { isLeader: boolean; isFine: boolean; isCurrent: boolean }) {
  if (!isCurrent) {
    return (
      <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5 text-faint">
        <rect
          x="0.6"
          y="0.6"
          width="8.8"
          height="8.8"
          rx="1.6"
          fill="none"
          stroke="currentColor"
          strokeDasharray="2 1.5"
        />
      </svg>
    )
  }
  if (isFine) {
    return (
      <svg viewBox="0 0 10 10" aria-hidden="true" className={cx('size-2.5', isLeader ? 'text-lead' : 'text-ok')}>
        <rect width="10" height="10" rx="2" fill="currentColor" />
      </svg>
    )
  }
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={cx('size-2.5', isLeader ? 'text-lead' : 'text-bad')}>
      <rect x="0.7" y="0.7" width="8.6" height="8.6" rx="1.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="m3 3 4 4m0-4-4 4" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  )
}

function tellMembers({ members, leader, isCurrent, level }: AgedRow): string {
  const all = count(members.length, 'member')
  if (!isCurrent || level === 'unseen') return `${all}, not seen now`
  const ailing = members.filter((member) => !member.isFine).map((member) => member.name)
  const leads = leader === null ? 'nobody leads' : `${leader} leads`
  if (ailing.length === 0) return `${all}: ${leads}, all are well`
  const look = ailing.length === 1 ? 'needs a look' : 'need a look'
  return `${all}: ${leads}, ${listNames(ailing)} ${look}`
}

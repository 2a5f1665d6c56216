import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { lossExplained, nothingLost, notReached, walLost } from '#domain/recovery/loss-words.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'

interface RestoreFactsProps {
  plan: RestorePlan
  /** How many commits are given up. */
  commits?: ReactNode
}

/** What is given up, and from what, where and how the moment is recovered. */
export function RestoreFacts({ plan, commits }: RestoreFactsProps) {
  const { node, nodeReason, set, repository, choiceReason, targetTimeline, space, expectedMs, wayBack } = plan
  return (
    <div className="grid gap-5">
      <Loss plan={plan} commits={commits} />
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-5 gap-y-2 phone:grid-cols-1 phone:gap-y-0.5 [&_dd]:phone:pb-2 [&_dt]:text-muted">
        <Fact name="Where" why={nodeReason}>
          {node === '' ? 'nowhere' : node}
        </Fact>
        <Fact name="From" why={choiceReason}>
          {set === '' ? (
            'no backup'
          ) : (
            <>
              <span className="font-mono text-sm break-all">{set}</span> in repository {repository}
            </>
          )}
        </Fact>
        <Fact name="Timeline" why="Recovery follows this one, whichever is the newest in the archive.">
          {targetTimeline}
        </Fact>
        <Fact name="Room" why={roomSentence(plan)} isBad={isShort(space)}>
          {space.neededBytes === null ? 'not known' : `${formatBytes(space.neededBytes)} needed`}
          {space.freeBytes === null ? '' : `, ${formatBytes(space.freeBytes)} free`}
        </Fact>
        <Fact name="Duration" why="Until the data can be looked at; going by restores of before.">
          {expectedMs === null ? 'not known: none was done before' : `about ${formatDuration(expectedMs)}`}
        </Fact>
        <Fact name="Way back" why="Until the point of no return the old cluster can be brought back as it was.">
          {wayBack === 'aside' ? `the old data of ${node}, set aside whole` : 'the data of the furthest replica'}
        </Fact>
      </dl>
    </div>
  )
}

interface FactProps {
  name: string
  why: string
  isBad?: boolean
  children: ReactNode
}

function Fact({ name, why, isBad = false, children }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={cx(isBad && 'text-bad')}>
        {children}
        {why === '' ? null : <span className="block text-sm text-muted">{why}</span>}
      </dd>
    </>
  )
}

/** The one thing that nobody may overlook. */
function Loss({ plan, commits }: RestoreFactsProps) {
  const { loss, target } = plan
  if (target.type === 'default') {
    return (
      <div className="grid gap-0.5 rounded-lg bg-raised px-4 py-3">
        <p className="text-lg tracking-[-0.01em]">{nothingLost}</p>
        <p className="text-muted">{notReached}</p>
      </div>
    )
  }
  const wal = walLost(loss)
  return (
    <div className="grid gap-1.5 rounded-lg bg-raised px-4 py-3">
      <p className="text-lg tracking-[-0.01em]">
        {loss.fromAt === null ? (
          'Everything written after it is given up'
        ) : (
          <>
            <Amount>{formatDuration(loss.toAt.getTime() - loss.fromAt.getTime())}</Amount> of writes are given up
          </>
        )}
        {wal === null ? (
          '.'
        ) : (
          <>
            , <Amount>{wal}</Amount> of WAL.
          </>
        )}
      </p>
      {commits}
      <p className="text-muted">{lossExplained(plan)}</p>
    </div>
  )
}

function Amount({ children }: { children: string }) {
  return <strong className="font-semibold whitespace-nowrap">{children}</strong>
}

function isShort({ neededBytes, freeBytes }: RestorePlan['space']): boolean {
  return neededBytes !== null && freeBytes !== null && freeBytes < neededBytes
}

function roomSentence({ wayBack, node }: RestorePlan): string {
  if (node === '') return ''
  return wayBack === 'aside'
    ? `On ${node}, beside the old data.`
    : `${node} has no room for two copies: the backup is restored over its own data.`
}

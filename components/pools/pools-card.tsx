import { cx } from 'class-variance-authority'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { PoolUse } from '#domain/stack/pool-use.ts'
import { type PoolerTold, type PoolSideBySide, poolsSideBySide } from '#domain/stack/pools-told.ts'
import { formatDuration } from '#domain/format.ts'

/** Every pool at each pooler: servers in use of those it may open, and who waits. */
export function PoolsCard({ told, now }: { told: readonly PoolerTold[]; now: Date }) {
  const pools = poolsSideBySide(told)
  return (
    <Card title="Pools" aside="servers in use of those a pool may open">
      {pools.length === 0 ? (
        <p className="text-muted">
          No client has come yet: a pool begins with the first client of a database and a user.
        </p>
      ) : (
        <ul className="grid">
          {pools.map((pool) => (
            <Pool key={`${pool.database} ${pool.user}`} pool={pool} told={told} now={now} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Pool({
  pool: { database, user, uses },
  told,
  now,
}: {
  pool: PoolSideBySide
  told: readonly PoolerTold[]
  now: Date
}) {
  const modes = new Set(uses.flatMap((use) => use?.mode ?? []))
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line py-2.5 first:border-t-0 md:grid-cols-[12rem_minmax(0,1fr)]">
      <p className="min-w-0 break-words">
        <span className="font-semibold">{database}</span> <span className="whitespace-nowrap">as {user}</span>
        <span className="block text-sm text-muted">{[...modes].join(' and ')} mode</span>
      </p>
      <ul className="grid gap-x-6 gap-y-2.5 md:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]">
        {told.map(({ member, looked }, index) => {
          const use = uses[index] ?? null
          const isOld = isLookedOld(looked, now)
          return (
            <li key={member} className={cx('grid min-w-0 content-start gap-1', isOld && 'text-muted grayscale')}>
              <div className="flex flex-wrap justify-between gap-x-3">
                <span className="min-w-0 break-words text-muted">{member}</span>
                <span className="whitespace-nowrap">
                  {use === null ? '–' : amountOf(use)} <OldMark looked={looked} now={now} />
                </span>
              </div>
              {use === null ? null : <Use use={use} isOld={isOld} />}
            </li>
          )
        })}
      </ul>
    </li>
  )
}

function amountOf({ busyServers, cap }: PoolUse): string {
  return cap === null ? String(busyServers) : `${busyServers} / ${cap}`
}

function Use({ use, isOld }: { use: PoolUse; isOld: boolean }) {
  const { busy, opened, clientsWaiting, maxWaitSeconds, sentence, condition } = use
  return (
    <>
      <span className="sr-only">{sentence}</span>
      {busy === null ? null : (
        <div aria-hidden="true" data-tip={sentence} className="relative h-2 overflow-hidden rounded-sm bg-raised">
          <span className="absolute inset-y-0 left-0 bg-line-strong" style={{ width: shareOf(opened ?? 0) }} />
          <span
            className={cx('absolute inset-y-0 left-0', condition === 'waiting' ? 'bg-bad' : 'bg-info')}
            style={{ width: shareOf(busy) }}
          />
        </div>
      )}
      <p className="text-sm">
        {clientsWaiting > 0 ? (
          <StateMark tone={isOld ? 'unseen' : waitTone(condition)}>
            {clientsWaiting} {clientsWaiting === 1 ? 'waits' : 'wait'}
            {maxWaitSeconds > 0 ? `, ${formatDuration(maxWaitSeconds * 1000)}` : ''}
            {words[condition] ?? ''}
          </StateMark>
        ) : (
          <span className="text-muted">
            {use.clientsActive === 1 ? '1 client' : `${use.clientsActive} clients`}
            {words[condition] ?? ''}
          </span>
        )}
      </p>
    </>
  )
}

/** Who waits because somebody paused the pool waits as was meant. */
function waitTone(condition: PoolUse['condition']): 'warn' | 'bad' {
  return condition === 'paused' ? 'warn' : 'bad'
}

/** What numbers do not say. */
const words: Partial<Record<PoolUse['condition'], string>> = {
  paused: ', paused',
  serverless: ', no server can be opened',
  disabled: ', disabled',
}

function shareOf(share: number): string {
  return `${Math.min(100, share * 100)}%`
}

import { cx } from 'class-variance-authority'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import { listNames } from '#domain/words.ts'
import type { PostgresTold } from './postgres-told.ts'

/** How many connections each member has of those it may have, and what they do. */
export function ConnectionsCard({ told, now }: { told: readonly PostgresTold[]; now: Date }) {
  return (
    <Card title="Connections" aside="clients by state">
      <ul className="grid gap-3">
        {told.map(({ member, detail, looked }) => (
          <li key={member} className={cx('grid gap-1', isLookedOld(looked, now) && 'text-muted grayscale')}>
            <div className="flex flex-wrap justify-between gap-x-4">
              <span className="font-semibold">{member}</span>
              <span>
                {detail.connections.clients} of {detail.connections.max - detail.connections.reserved}{' '}
                <OldMark looked={looked} now={now} />
              </span>
            </div>
            <Bar detail={detail} />
            <p className="text-sm text-muted">{wordsOf(detail)}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Bar({ detail }: { detail: PostgresDetail }) {
  const { max, reserved } = detail.connections
  const most = Math.max(1, max - reserved)
  return (
    <div aria-hidden="true" className="flex h-2 overflow-hidden rounded-sm bg-raised">
      {statesOf(detail).map(([state, amount]) => (
        <span
          key={state}
          className={cx('h-full border-r border-panel', fills[state] ?? 'bg-faint')}
          style={{ width: `${Math.min(100, (100 * amount) / most)}%` }}
        />
      ))}
    </div>
  )
}

const fills: Readonly<Record<string, string>> = {
  active: 'bg-info',
  'idle in transaction': 'bg-warn',
  'idle in transaction (aborted)': 'bg-warn',
  idle: 'bg-line-strong',
}

/** In the order of how much they hold on to. */
const order = ['active', 'idle in transaction', 'idle in transaction (aborted)', 'idle']

function statesOf({ sessions }: PostgresDetail): [string, number][] {
  const counts = new Map<string, number>()
  for (const { state, count } of sessions) counts.set(state, (counts.get(state) ?? 0) + count)
  const placeOf = (state: string) => (order.includes(state) ? order.indexOf(state) : order.length)
  return [...counts].toSorted(([one], [other]) => placeOf(one) - placeOf(other))
}

function wordsOf(detail: PostgresDetail): string {
  const { waitingOnLock, waitingOnSync, walSenders, reserved } = detail.connections
  const states = statesOf(detail).map(([state, amount]) => `${amount} ${state || 'unknown'}`)
  const waits = [
    waitingOnLock > 0 ? `${waitingOnLock} on a lock` : null,
    waitingOnSync > 0 ? `${waitingOnSync} on a synchronous standby` : null,
  ].filter((wait) => wait !== null)
  const parts = [
    states.length === 0 ? 'no client' : states.join(', '),
    waits.length === 0 ? '' : `; waiting: ${listNames(waits)}`,
    `; ${walSenders} WAL ${walSenders === 1 ? 'sender' : 'senders'}, ${reserved} kept in reserve`,
  ]
  return parts.join('')
}

import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatDuration } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { Session } from '#domain/stack/postgres-detail.ts'
import type { PostgresTold } from './postgres-told.ts'
import { type OnSignal, SessionActs } from './session-acts.tsx'
import { QueryText } from './query-text.tsx'

interface SessionsCardProps {
  told: readonly PostgresTold[]
  now: Date
  hasQueries: boolean
  /** Null = whoever looks may not. */
  onSignal: OnSignal | null
}

/** Statements that run long and sessions that sit idle in a transaction, the oldest transaction first. */
export function SessionsCard({ told, now, hasQueries, onSignal }: SessionsCardProps) {
  const sessions = told
    .flatMap((one) => one.detail.longSessions.map((session) => ({ one, session })))
    .toSorted((a, b) => (b.session.transactionSeconds ?? 0) - (a.session.transactionSeconds ?? 0))
  return (
    <Card title="Long statements and idle transactions">
      {sessions.length === 0 ? (
        <p className="text-muted">
          No statement runs for more than 30 s, and no session is idle in a transaction for more than 60 s.
        </p>
      ) : (
        <>
          <Table aria-label="Long statements and idle transactions" className="table-fixed">
            <thead>
              <tr>
                <Th className="w-32 phone:w-24">Member</Th>
                <Th>Session</Th>
                <Th keep="desktop" className="w-44">
                  State
                </Th>
                <Th align="right" className="w-28 phone:w-20" data-tip="How long its transaction has been open">
                  Transaction
                </Th>
              </tr>
            </thead>
            <tbody>
              {sessions.map(({ one, session }) => (
                <tr
                  key={`${one.member} ${session.pid} ${session.backendStart.getTime()}`}
                  className={isLookedOld(one.looked, now) ? 'align-top text-muted' : 'align-top'}
                >
                  <Td className="py-1.5 break-words">
                    {one.member}
                    <span className="block font-mono text-sm text-faint">{session.pid}</span>
                    <OldMark looked={one.looked} now={now} />
                  </Td>
                  <Td className="py-1.5">
                    <Who session={session} />
                    <QueryText query={session.query} isShown={hasQueries} />
                    <SessionActs
                      member={one.member}
                      pid={session.pid}
                      backendStart={session.backendStart}
                      isIdle={session.state !== 'active'}
                      onSignal={isLookedOld(one.looked, now) ? null : onSignal}
                    />
                  </Td>
                  <Td keep="desktop" className="py-1.5">
                    <State session={session} />
                  </Td>
                  <Td align="right" className="py-1.5 whitespace-nowrap">
                    {session.transactionSeconds === null ? '–' : formatDuration(session.transactionSeconds * 1000)}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
          {hasQueries ? null : (
            <p className="pt-2 text-sm text-muted">What they run is shown to operators alone: it may hold secrets.</p>
          )}
        </>
      )}
    </Card>
  )
}

function Who({ session }: { session: Session }) {
  const { user, database, application, address } = session
  return (
    <p className="break-words">
      <span className="font-medium">
        {user ?? 'nobody'} in {database ?? 'no database'}
      </span>
      <span className="text-muted">
        {application === '' ? '' : `, ${application}`}
        {address === null ? '' : `, ${address}`}
      </span>
      <span className="md:hidden">
        <br />
        <State session={session} />
      </span>
    </p>
  )
}

function State({ session: { state, stateSeconds, waitEvent } }: { session: Session }) {
  const isIdle = state?.startsWith('idle in transaction') ?? false
  return (
    <>
      <StateMark tone={isIdle ? 'warn' : 'info'}>
        {state ?? 'unknown'}
        {stateSeconds === null ? '' : ` for ${formatDuration(stateSeconds * 1000)}`}
      </StateMark>
      {waitEvent === null || isIdle ? null : <span className="block text-sm text-muted">waits for {waitEvent}</span>}
    </>
  )
}

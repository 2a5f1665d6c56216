import { formatAge, formatDuration } from '#domain/format.ts'
import type { PlannedSession, SignalWish } from '#domain/plan/signal-plan.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** Who is hit, what comes of it, and who goes on then. */
export function signalSentences(wish: SignalWish, session: PlannedSession | null): string[] {
  return [
    whoIs(wish, session),
    wish.act === 'cancel'
      ? 'Postgres is asked to end the statement that it runs at that moment; the transaction fails with it, the session stays.'
      : 'Postgres is asked to end the session; its transaction is rolled back and its connection is closed.',
    ...(session && session.holdsUp.length > 0 ? [goesOn(session.holdsUp)] : []),
    ...(wish.act === 'terminate' ? [whatClientsSee(session)] : []),
    `Should it be another session by then, nothing is done: the signal is sent only to pid ${wish.pid} that began at ${wish.backendStart.toISOString()}.`,
  ]
}

/** What makes the signal do less, or more, than one may think. */
export function signalWarnings(given: {
  wish: SignalWish
  session: PlannedSession | null
  stack: StackView | null
  now: Date
}): string[] {
  const { wish, session, stack, now } = given
  const look = stack?.members.find(({ name }) => name === wish.member)?.postgres ?? null
  const seen = look?.seenAt ? ` ${formatAge(look.seenAt, now)} ago` : ''
  return [
    ...(look?.problem ? [`Postgres on ${wish.member} cannot be looked at now: ${look.problem.sentence}`] : []),
    ...(session === null
      ? [
          `It was not among the sessions that the last look${seen} listed, which are those that run long or wait for each other: it may have ended, and who it is shows only when it is asked.`,
        ]
      : []),
    ...(wish.act === 'cancel' && session?.state?.startsWith('idle')
      ? [`It was ${session.state}: a cancel ends only a statement that runs, so it does nothing to it. Terminate it.`]
      : []),
  ]
}

function whoIs({ pid, member }: SignalWish, session: PlannedSession | null): string {
  if (session === null) return `It is the session with pid ${pid} on ${member}.`
  const { user, database, application, state, transactionSeconds } = session
  const through = application === '' ? '' : ` through ${application}`
  const open =
    transactionSeconds === null ? '' : `, its transaction open for ${formatDuration(transactionSeconds * 1000)}`
  return `It is the session of ${user ?? 'an unknown user'} in ${database ?? 'no database'}${through} on ${member}, pid ${pid}: ${state ?? 'its state is not known'}${open}.`
}

function goesOn(holdsUp: readonly number[]): string {
  const [first] = holdsUp
  return holdsUp.length === 1
    ? `The session that waits for it, pid ${first}, can go on then.`
    : `The ${holdsUp.length} sessions that wait for it can go on then.`
}

function whatClientsSee(session: PlannedSession | null): string {
  return session?.poolerOn
    ? `It is held open by the pgBouncer on ${session.poolerOn}: the client that uses it now is told "server conn crashed?" and is cut off.`
    : 'Its client loses the connection; one that comes through pgBouncer is told "server conn crashed?".'
}

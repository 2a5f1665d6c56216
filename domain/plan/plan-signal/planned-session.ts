import type { PlannedSession, SessionName } from '#domain/plan/signal-plan.ts'
import type { BlockedSession, PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** The session as the last look listed it, among those that run long or wait for each other; null = it did not. */
export function plannedSession(stack: StackView, name: SessionName): PlannedSession | null {
  const detail = stack.members.find((member) => member.name === name.member)?.postgres?.value
  if (!detail) return null
  const listed = listedAs(detail, name)
  if (listed === null) return null
  const { user, database, application, state, transactionSeconds } = listed
  return {
    user,
    database,
    application,
    state,
    transactionSeconds,
    holdsUp: waitingFor(detail.blocked, name.pid),
    poolerOn: poolerOf(stack, name.pid, { user, database }),
  }
}

function listedAs({ longSessions, blocked }: PostgresDetail, { pid, backendStart }: SessionName) {
  const isMeant = (one: { pid: number; backendStart: Date | null }) =>
    one.pid === pid && one.backendStart?.getTime() === backendStart.getTime()
  return longSessions.find(isMeant) ?? blocked.find(isMeant) ?? null
}

/** All that come to wait for it, each once. */
function waitingFor(blocked: readonly BlockedSession[], pid: number): number[] {
  const found = new Set<number>()
  const ahead = [pid]
  for (let holder = ahead.pop(); holder !== undefined; holder = ahead.pop()) {
    for (const { pid: waiting, blockedBy } of blocked) {
      if (blockedBy !== holder || waiting === pid || found.has(waiting)) continue
      found.add(waiting)
      ahead.push(waiting)
    }
  }
  return [...found].toSorted((a, b) => a - b)
}

/** Pids of several members may be alike: what the pooler logs in as must be alike too. */
function poolerOf(
  { members }: StackView,
  pid: number,
  { user, database }: Pick<PlannedSession, 'user' | 'database'>,
): string | null {
  const holder = members.find(({ pooler }) => {
    const detail = pooler?.value
    return detail?.servers.some((server) => {
      if (server.backendPid !== pid) return false
      const of = detail.databases.find(({ name }) => name === server.database)
      return (of?.database ?? server.database) === database && (of?.forceUser ?? server.user) === user
    })
  })
  return holder?.name ?? null
}

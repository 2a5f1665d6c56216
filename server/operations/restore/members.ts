import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import { AppError } from '#server/errors.ts'
import type { RestoreContext } from './context.ts'
import type { Look } from './until.ts'
import { leaderInEtcd } from './who-leads.ts'

/** What a member's Patroni says of itself now; throws LookError. */
export function statusOf(context: RestoreContext, member: string): Promise<PatroniStatus> {
  return context.cluster.patroni.status(addressOf(context, member), context.signal)
}

/** Where a member's Patroni was found before anything was touched. */
export function addressOf({ facts }: RestoreContext, member: string): string {
  const url = facts.restoreBefore?.members.find(({ name }) => name === member)?.url
  if (url === undefined) throw new AppError('refused', `Where ${member}'s Patroni can be asked is not known.`)
  return url
}

/** Whether a member leads by etcd and its Postgres takes writes by its own word. */
export async function lookAtLeader(context: RestoreContext, member: string): Promise<Look<PatroniStatus>> {
  const [leader, status] = await Promise.all([leaderInEtcd(context), statusOf(context, member)])
  if (leader !== member) {
    return busyWhile(
      status,
      leader === null
        ? `Nobody leads yet; Postgres on ${member} is ${status.state}.`
        : `${leader} leads, not ${member}.`,
    )
  }
  if (status.wal?.kind === 'primary' && status.state === 'running') return { found: status }
  return busyWhile(status, `${member} leads, but its Postgres is ${status.state} and takes no writes yet.`)
}

/** Whether a member streams from the leader on its timeline: a lag of nothing proves nothing. */
export async function lookAtFollower(
  context: RestoreContext,
  { member, leader }: { member: string; leader: string },
): Promise<Look<PatroniStatus>> {
  const [own, leading] = await Promise.all([statusOf(context, member), statusOf(context, leader)])
  const isStreaming = leading.replication.some(
    ({ applicationName, state }) => applicationName === member && state === 'streaming',
  )
  if (!isStreaming) return busyWhile(own, `${member} does not stream from ${leader} yet: its Postgres is ${own.state}.`)
  if (own.timeline === null || own.timeline !== leading.timeline) {
    return {
      not: `${member} is on timeline ${own.timeline ?? 'unknown'}, ${leader} on ${leading.timeline ?? 'unknown'}.`,
    }
  }
  return { found: own }
}

/**
 * Copying takes as long as it takes: while that is under way nobody loses patience, and how often it is begun is counted. A Postgres that starts may replay for long, or wait for WAL that
 * never comes: a person hears of it in the end, and may wait on.
 */
function busyWhile({ state }: PatroniStatus, not: string): Look<never> {
  const isCopying = /creating replica|bootstrap/.test(state)
  if (isCopying) return { not, isCopying, patienceMs: Infinity }
  return /starting/.test(state) ? { not, isCopying, patienceMs: 1_800_000 } : { not, isCopying }
}

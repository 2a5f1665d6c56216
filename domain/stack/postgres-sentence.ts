import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { count, listNames } from '#domain/words.ts'
import { currentOf } from './deep-age.ts'
import { leaderOf, replicationRows } from './replication-rows.ts'
import type { StackView } from './stack-view.ts'
import type { Worry } from './worry.ts'

/** What a colleague would say of a cluster's Postgres: who leads, then the worst thing, else that all is well. */
export function postgresSentence(
  stack: StackView,
  { snapshot, worries, now }: { snapshot: Snapshot | null; worries: readonly Worry[]; now: Date },
): string {
  const seen = stack.members.filter(({ postgres }) => currentOf(postgres, now) !== null)
  const leader = leaderOf(stack, snapshot, now)
  const lead = leader === null ? 'Nobody leads.' : `${leader} leads.`
  if (seen.length === 0) return `${lead} No Postgres tells this console of itself now.`
  const [worst] = worries
  if (worst) return `${lead} ${worst.sentence}`
  const unseen = stack.members.filter((member) => !seen.includes(member)).map(({ name }) => name)
  if (unseen.length > 0) {
    const rest = unseen.length === 1 ? 'tells' : 'tell'
    return `${lead} Nothing stands out, but ${listNames(unseen)} ${rest} nothing of ${unseen.length === 1 ? 'itself' : 'themselves'} now.`
  }
  return `${lead} ${streaming(stack, snapshot, now)}nobody waits for anybody.`
}

function streaming(stack: StackView, snapshot: Snapshot | null, now: Date): string {
  const rows = replicationRows(stack, snapshot, now)
  const streams = rows.filter(({ state }) => state === 'streams')
  if (rows.length === 0) return 'It has no replica, and '
  if (streams.length < rows.length) return `${streams.length} of ${count(rows.length, 'replica')} stream, and `
  const [only] = streams
  if (only && streams.length === 1) return `${only.member} streams, and `
  return streams.length === 2 ? 'Both replicas stream, and ' : `All ${streams.length} replicas stream, and `
}

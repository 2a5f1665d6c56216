import { AppError } from '#server/errors.ts'
import type { RestoreContext } from './context.ts'
import { byReach, controlOf, type Reach, reachedBy } from './control.ts'

/** A node whose data is of a younger timeline than the leader's. */
export interface Ahead {
  node: string
  timeline: number
  leaderTimeline: number
}

/**
 * Who has data of a younger timeline than the leader the plan knows: somebody took the lead in between, and what was written since is there alone. Of
 * several the furthest; null = nobody. Throws AppError where an agent does not answer, unless it is told to go by those that do.
 */
export async function whoIsAhead(
  context: RestoreContext,
  { isLenient = false, patienceMs }: { isLenient?: boolean; patienceMs?: number } = {},
): Promise<Ahead | null> {
  const { node: own, leader, replicas } = context.operation.plan
  const reached = await Promise.all(
    [own, ...replicas].map(async (node) => {
      const control = await controlOf(context, node, patienceMs).catch((error: unknown) => {
        if (!isLenient || !(error instanceof AppError) || error.code === 'internal') throw error
        context.say(`how far ${node} has come cannot be told: ${error.message}`)
        return null
      })
      return { node, ...reachedBy(control ?? {}) }
    }),
  )
  return aheadOf(reached, leader)
}

/** The same of nodes whose reach is known. */
export function aheadOf(reached: readonly (Reach & { node: string })[], leader: string): Ahead | null {
  const leaderTimeline = reached.find(({ node }) => node === leader)?.timeline ?? 0
  if (leaderTimeline === 0) return null
  const [ahead] = reached.filter(({ timeline }) => timeline > leaderTimeline).toSorted(byReach)
  return ahead === undefined ? null : { node: ahead.node, timeline: ahead.timeline, leaderTimeline }
}

import { AppError } from '#server/errors.ts'
import type { RestoreContext } from './context.ts'
import { byReach, controlOf, type Reach, reachedBy } from './control.ts'

/** How far a node's data has come. */
export interface Reached extends Reach {
  name: string
}

/** A node whose data is of a younger timeline than the leader's. */
export interface Ahead {
  node: string
  timeline: number
  leaderTimeline: number
}

/**
 * Who has data of a younger timeline than the leader: somebody took the lead in between, and what was written since is there alone. Of several the
 * furthest; null = nobody, or how far the leader has come is not known.
 */
export function aheadOf(leader: string, reached: readonly Reached[]): Ahead | null {
  const leaderTimeline = reached.find(({ name }) => name === leader)?.timeline ?? 0
  if (leaderTimeline === 0) return null
  const [ahead] = reached.filter(({ timeline }) => timeline > leaderTimeline).toSorted(byReach)
  return ahead === undefined ? null : { node: ahead.name, timeline: ahead.timeline, leaderTimeline }
}

/** The same as every node's agent tells it now; who does not answer in time is not counted, and that is said. */
export async function whoIsAhead(context: RestoreContext, patienceMs: number): Promise<Ahead | null> {
  const { node, leader, replicas } = context.operation.plan
  const reached = await Promise.all(
    [node, ...replicas].map(async (name) => {
      const control = await controlOf(context, name, patienceMs).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code === 'internal') throw error
        context.say(`how far ${name} has come cannot be told: ${error.message}`)
        return null
      })
      return { name, ...reachedBy(control ?? {}) }
    }),
  )
  return aheadOf(leader, reached)
}

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

/** A node that does not say how far its data has come, and why. */
export interface Unheard {
  name: string
  why: string
}

/** How far the data of each of these nodes has come, as its agent tells it now, and who did not answer in time. */
export async function askReach(
  context: RestoreContext,
  names: readonly string[],
  patienceMs: number,
): Promise<{ reached: Reached[]; unheard: Unheard[] }> {
  const asked = await Promise.all(
    names.map(async (name): Promise<Reached | Unheard> => {
      try {
        return { name, ...reachedBy((await controlOf(context, name, patienceMs)) ?? {}) }
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'internal') throw error
        return { name, why: error.message }
      }
    }),
  )
  return {
    reached: asked.flatMap((each) => ('why' in each ? [] : [each])),
    unheard: asked.flatMap((each) => ('why' in each ? [each] : [])),
  }
}

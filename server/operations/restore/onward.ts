import { doingOf, stepName } from './step-names.ts'
import { type RestoreCourse, standingOf } from './standing.ts'
import { titleOf } from './titles.ts'

/**
 * How a recovery goes on once the steps so far are done or one of them ended otherwise. Before anything was touched it ends as that step did;
 * afterwards it never ends by itself half-way, but asks.
 */
export function onward(course: RestoreCourse): { name: string; title: string }[] | null {
  const { ended, facts } = course
  const last = ended.at(-1)
  if (last === undefined) return null
  const standing = standingOf(course)
  const isAsking = doingOf(last.name) === 'decide'
  if (last.outcome.kind === 'done') return isAsking ? steps(course, standing.ahead) : null
  if (facts.restore?.touchedAt === undefined) return null
  if (isAsking && facts.restore.decisions?.[last.name]?.way === 'leave') return null
  const isTakenBack = last.outcome.kind === 'cancelled' && !facts.restore.isPublished
  return steps(course, isTakenBack ? standing.ahead : ['decide'])
}

function steps({ ended, plan, facts }: RestoreCourse, doings: string[]): { name: string; title: string }[] {
  const timesBefore = new Map<string, number>()
  for (const { name } of ended) timesBefore.set(doingOf(name), (timesBefore.get(doingOf(name)) ?? 0) + 1)
  return doings.map((doing) => ({
    name: stepName(doing, (timesBefore.get(doing) ?? 0) + 1),
    title: titleOf(doing, plan, facts.restore ?? {}),
  }))
}

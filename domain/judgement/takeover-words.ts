import type { Candidate } from './candidate.ts'
import { indistinctBytes } from './candidates.ts'
import { isIdle } from './candidate-fitness.ts'
import { candidateClause } from './candidate-words.ts'
import type { Forecast } from './forecast.ts'
import { formatByteCount } from '#domain/format.ts'
import { lostBytes } from './loss.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { count, listNames } from '#domain/words.ts'

/** Who could take over now, as a clause: `Either replica could take over now with nothing lost`. Needs at least one fit candidate. */
export function takeoverClause(forecast: Forecast, snapshot: Snapshot): string {
  const ready = readyOnes(forecast, snapshot)
  return `${whoCould(ready, forecast.candidates.length)} could take over now${lossClause(lostBytes(ready, snapshot))}`
}

/** Why each member could not take over, as the end of a sentence; null where there is none at all. */
export function takeoverObstacles(candidates: Candidate[], snapshot: Snapshot, now: Date): string | null {
  const clauses = candidates
    .filter(({ isFit }) => !isFit)
    .flatMap((candidate) => {
      const member = snapshot.members.find(({ name }) => name === candidate.name)
      return member ? [candidateClause(member, snapshot, now, candidate.code)] : []
    })
  if (clauses.length === 0) return null
  if (clauses.length <= 4) return clauses.join(', ')
  return `${clauses.slice(0, 3).join(', ')}, and ${count(clauses.length - 3, 'more replica')} could not either`
}

/** The fit ones; of those the ones that stream, because the others fall behind from here on. */
function readyOnes({ candidates }: Forecast, snapshot: Snapshot): Candidate[] {
  const fit = candidates.filter(({ isFit }) => isFit)
  const idle = new Set(snapshot.members.filter(isIdle).map(({ name }) => name))
  const streaming = fit.filter(({ name }) => !idle.has(name))
  return streaming.length > 0 ? streaming : fit
}

function whoCould(fit: Candidate[], replicas: number): string {
  const names = fit.map(({ name }) => name)
  if (names.length > 3 && names.length < replicas) return `${names.length} of the ${replicas} replicas`
  if (names.length < replicas || replicas === 1) return listNames(names, 'or')
  return replicas === 2 ? 'Either replica' : `Any of the ${replicas} replicas`
}

function lossClause(lostBytes: number | null): string {
  if (lostBytes === null) return ''
  if (lostBytes <= indistinctBytes) return ' with nothing lost'
  return ` with at most ${formatByteCount(lostBytes)} lost`
}

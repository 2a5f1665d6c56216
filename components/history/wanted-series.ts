import type { SeriesName } from '#domain/samples/series.ts'
import type { HistorySection } from './history-sections.ts'

/** How many series one question may name. */
const mostSeries = 200

/** Every series that sections show of some members; who led stands with them, for the gold of the leader's line. */
export function wantedSeries(sections: readonly HistorySection[], members: readonly string[]): SeriesName[] {
  const charts = sections.flatMap(({ charts: own }) => own)
  const ofCluster = charts
    .filter(({ kind }) => kind === 'cluster')
    .map(({ metric }): SeriesName => ({ kind: 'cluster', member: null, metric }))
  const metrics = charts.filter(({ kind }) => kind === 'member').map(({ metric }) => metric)
  const asked = metrics.length === 0 ? [] : ['isLeader', ...metrics]
  const ofMembers = asked.flatMap((metric) => members.map((member): SeriesName => ({ kind: 'member', member, metric })))
  return [...ofCluster, ...ofMembers]
}

/** Adds the sections that came into sight together as one group; groups that are there stay as they are, so that nothing is asked twice. */
export function withSeen<Id>(groups: readonly (readonly Id[])[], seen: readonly Id[]): readonly (readonly Id[])[] {
  const fresh = seen.filter((id) => !groups.some((group) => group.includes(id)))
  return fresh.length === 0 ? groups : [...groups, fresh]
}

/** The sections of a group in as few questions as have room for all their series. */
export function questionsOf(group: readonly HistorySection[], members: readonly string[]): HistorySection[][] {
  const questions: HistorySection[][] = []
  for (const section of group) {
    const open = questions.at(-1)
    if (open && wantedSeries([...open, section], members).length <= mostSeries) open.push(section)
    else questions.push([section])
  }
  return questions
}

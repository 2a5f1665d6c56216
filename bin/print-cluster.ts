import { formatAge, formatBytes } from '#domain/format.ts'
import { printLines, printTable } from './print.ts'
import type { ClusterShape } from './shapes.ts'

/** A cluster as one reads it: the sentence, the members, the forecast, the findings with what to do. */
export function printCluster(cluster: ClusterShape): void {
  const now = new Date()
  printLines([`${cluster.name}: ${cluster.verdict}. ${cluster.sentence}`])
  if (cluster.members.length > 0) {
    printLines([''])
    printTable(
      ['member', 'role', 'state', 'timeline', 'lag', 'seen'],
      cluster.members.map(({ name, role, state, timeline, lagBytes, observedAt }) => [
        name,
        role,
        state,
        timeline === null ? '-' : String(timeline),
        lagBytes === null ? '-' : formatBytes(lagBytes),
        observedAt === null ? 'never' : `${formatAge(observedAt, now)} ago`,
      ]),
    )
  }
  if (cluster.forecast) printLines(['', cluster.forecast.sentence])
  const { findings, backupFinding } = cluster
  for (const { severity, sentence, advice } of [...findings, ...(backupFinding ? [backupFinding] : [])])
    printLines(['', `${severity}: ${sentence}`, `  ${advice}`])
}

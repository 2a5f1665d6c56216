import { agentOf } from '#domain/agent/agent-fault.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { staleViewWarnings } from '#domain/plan/plan-restore/stale-view.ts'
import { extractMayStay } from '#domain/rehearsal/extract-size.ts'
import type { RehearsalPlanning } from './planning.ts'

/** What is worth knowing before a rehearsal is asked for, but does not stand in the way. */
export function rehearsalWarnings(given: RehearsalPlanning): string[] {
  const { node, snapshot, wish, choice, freeBytes, neededBytes } = given
  if (node === '') return []
  const warnings = choice?.kind === 'chosen' ? [...choice.warnings] : []
  warnings.push(...staleViewWarnings(given.backups, given.now))
  if (node === snapshot.leader?.name) {
    warnings.push(`${node} leads: reading, writing and replaying there slow down its clients while it lasts.`)
  }
  if (freeBytes === null && neededBytes !== null) {
    warnings.push(
      `How much room is free on ${node} is not known; about ${formatBytes(neededBytes)} are needed. Where a data folder runs full, Postgres stops.`,
    )
  }
  const copying = snapshot.members.find(({ name }) => name === node)?.postgres?.backupRunning
  if (copying) warnings.push(`Something copies the data of ${node} now; both will be slower.`)
  const size = choice?.kind === 'chosen' ? choice.backup.sizeBytes : 0
  if (wish.verifiesPages && size > 0) {
    warnings.push(
      `amcheck reads all ${formatBytes(size)} once more, with the disk of ${node}: at 200 MB a second that is ${formatDuration(size / 200_000)}.`,
    )
  }
  if (wish.extract !== null) {
    warnings.push('The file that is taken out holds data of your clients in the clear. Let it go once it was fetched.')
    const folder = agentOf(given.agents, node)?.dataPlace?.folder ?? null
    const stays = extractMayStay({ node, folder, backupBytes: size })
    if (stays !== null) warnings.push(stays)
  }
  return warnings
}

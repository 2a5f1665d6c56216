import { verifyResult, type VerifyResult } from '#agent/protocol/results.ts'
import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import { count } from '#domain/words.ts'
import { expiryOf } from '#server/adapters/agent/expiry.ts'

/** What a chore found or did, by what the agent made of pgBackRest's output. */
export function resultOf(
  { kind, node, repository }: Pick<RepositoryPlan, 'kind' | 'node' | 'repository'>,
  told: unknown,
): RepositoryResult {
  const base = { kind, node, repository, isSound: true, findings: [], expired: null, checkedFiles: null }
  if (kind === 'repository-expire') return { ...base, expired: expiryOf(told, repository) }
  const verified = kind === 'repository-verify' ? verifyResult.safeParse(told).data : undefined
  if (!verified) return base
  const all = [...verified.archives, ...verified.backups]
  return {
    ...base,
    isSound: verified.isSound,
    findings: damages(verified),
    checkedFiles: all.reduce((sum, { checked }) => sum + checked, 0),
  }
}

function damages({ backups, archives }: VerifyResult): string[] {
  return [
    ...backups
      .filter((backup) => faultsOf(backup).length > 0 || /invalid|manifest/.test(backup.status))
      .map(
        (backup) =>
          `Backup ${backup.label} is ${backup.status}: ${wordsOf(backup)}. Nothing that builds on it can be trusted.`,
      ),
    ...archives
      .filter((archive) => faultsOf(archive).length > 0)
      .map(
        (archive) =>
          `WAL of ${archive.archiveId} is damaged: ${wordsOf(archive)}. Moments after such a segment cannot be recovered.`,
      ),
  ]
}

type Counted = Pick<VerifyResult['archives'][number], 'missing' | 'checksumInvalid' | 'sizeInvalid' | 'other'>

function faultsOf({ missing, checksumInvalid, sizeInvalid, other }: Counted): string[] {
  const parts = [
    [missing, 'missing'],
    [checksumInvalid, 'with a wrong checksum'],
    [sizeInvalid, 'of a wrong size'],
    [other, 'that cannot be read otherwise'],
  ] as const
  return parts.filter(([amount]) => amount > 0).map(([amount, what]) => `${count(amount, 'file')} ${what}`)
}

function wordsOf(counted: Counted): string {
  const faults = faultsOf(counted)
  return faults.length === 0 ? 'its manifest cannot be used' : faults.join(', ')
}

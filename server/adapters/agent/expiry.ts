import { expireResult } from '#agent/protocol/results.ts'
import type { ExpiryPreview } from '#domain/expiry-preview.ts'

/** What an agent's job `pgbackrest-expire` removed from a repository, or would; null where its result cannot be read. */
export function expiryOf(result: unknown, repository: number): ExpiryPreview | null {
  const told = expireResult.safeParse(result)
  if (!told.success) return null
  const labels = [...new Set(told.data.backups)].toSorted()
  const archives = told.data.archives.flatMap((line) => {
    const found =
      /^repo(\d{1,3}): ([\d.]{1,5}-\d{1,4}) remove archive, start = ([0-9A-F]{16,24}), stop = ([0-9A-F]{16,24})/.exec(
        line,
      )
    const [, key, archiveId = '', first = '', last = ''] = found ?? []
    return found === null ? [] : [{ repository: Number(key), archiveId, first, last }]
  })
  return { backups: labels.map((label) => ({ repository, label })), archives }
}

import type { ExpiryPreview } from '#domain/expiry-preview.ts'

/** Reads the log of `pgbackrest expire --dry-run --log-level-console=info` (expire.c): what would go, each once. */
export function parseExpire(log: string): ExpiryPreview {
  const backups = new Map<string, ExpiryPreview['backups'][number]>()
  const archives = new Map<string, ExpiryPreview['archives'][number]>()
  for (const line of log.split('\n').slice(0, mostLines)) {
    const said = /^.{0,80}INFO: \[DRY-RUN\] (?:repo(\d{1,3}): )?(.*)$/.exec(line)
    if (said === null) continue
    const repository = Number(said[1] ?? 1)
    const text = said[2] ?? ''
    if (/^(?:expire |remove expired backup )/.test(text)) {
      for (const [label] of text.matchAll(/\b\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?\b/g)) {
        backups.set(`${repository} ${label}`, { repository, label })
      }
    }
    const archive = /^([\d.]{1,5}-\d{1,4}) remove archive, start = ([0-9A-F]{16,24}), stop = ([0-9A-F]{16,24})/.exec(
      text,
    )
    if (archive === null) continue
    const [, archiveId = '', first = '', last = ''] = archive
    archives.set(`${repository} ${archiveId} ${first}`, { repository, archiveId, first, last })
  }
  const byLabel = [...backups.values()].toSorted((a, b) => a.repository - b.repository || (a.label < b.label ? -1 : 1))
  return { backups: byLabel, archives: [...archives.values()] }
}

const mostLines = 100_000

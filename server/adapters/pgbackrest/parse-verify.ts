import type { BackupVerification, FileCounts } from '#domain/backup-verification.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'
import { cleanLines } from './text-lines.ts'

/** Parses `pgbackrest verify --output=text`, with or without --verbose (verify.c verifyRender); throws LookError where it is none. */
export function parseVerify(text: string, target: Target): BackupVerification {
  const stanza = /^stanza: ([^\s\p{Cc}\p{Surrogate}]{1,200})$/mu.exec(text)?.[1]
  const status = /^status: (ok|error)\b/m.exec(text)?.[1]
  if (stanza === undefined || status === undefined) throw notAsExpected(target, 'this is no result of verify')
  const result: BackupVerification = { stanza, isSound: status === 'ok', archives: [], backups: [], remarks: [] }
  let latest: FileCounts | null = null
  for (const line of text.split('\n').slice(0, mostLines)) {
    const read = lineOf(line)
    if (read.kind === 'archive') {
      const archive = { archiveId: read.name, ...read.counts }
      result.archives.push(archive)
      latest = archive
    } else if (read.kind === 'backup') {
      const backup = { label: read.name, status: read.status, ...read.counts }
      result.backups.push(backup)
      latest = backup
    } else if (read.kind === 'faults' && latest !== null) Object.assign(latest, read.faults)
    else if (read.kind === 'remark') result.remarks.push(cleanLines(read.text))
  }
  // A backup whose manifest is gone leaves the status of the whole at ok.
  const isSound = result.isSound && result.backups.every((backup) => soundStatuses.has(backup.status))
  return { ...result, isSound, remarks: result.remarks.slice(0, 100) }
}

const mostLines = 50_000
const soundStatuses = new Set(['valid', 'in-progress'])

type VerifyLine =
  | { kind: 'archive'; name: string; counts: FileCounts }
  | { kind: 'backup'; name: string; status: string; counts: FileCounts }
  | { kind: 'faults'; faults: Partial<FileCounts> }
  | { kind: 'remark'; text: string }
  | { kind: 'nothing' }

function lineOf(line: string): VerifyLine {
  const archive =
    /^\s*archiveId: ([\d.]{1,5}-\d{1,4}), total WAL checked: (\d{1,12}), total valid WAL: (\d{1,12})/.exec(line)
  if (archive !== null) return { kind: 'archive', name: archive[1] ?? '', counts: countsOf(archive[2], archive[3]) }
  const backup =
    /^\s*backup: ([\dFDI_-]{16,40}), status: ([a-z -]{1,40}), total files checked: (\d{1,12}), total valid files: (\d{1,12})/.exec(
      line,
    )
  if (backup !== null) {
    return { kind: 'backup', name: backup[1] ?? '', status: backup[2] ?? '', counts: countsOf(backup[3], backup[4]) }
  }
  if (/^\s*(?:missing|checksum invalid|size invalid|other): \d/.test(line))
    return { kind: 'faults', faults: faultsOf(line) }
  if (/^\s*$|^stanza: |^status: /.test(line)) return { kind: 'nothing' }
  return { kind: 'remark', text: line.trim() }
}

function countsOf(checked: string | undefined, valid: string | undefined): FileCounts {
  return { checked: Number(checked), valid: Number(valid), missing: 0, checksumInvalid: 0, sizeInvalid: 0, other: 0 }
}

/** Without --verbose only what is not zero is told. */
function faultsOf(line: string): Partial<FileCounts> {
  const faults: Partial<FileCounts> = {}
  for (const [, name, amount] of line.matchAll(/(missing|checksum invalid|size invalid|other): (\d{1,12})/g)) {
    if (name === 'missing') faults.missing = Number(amount)
    else if (name === 'checksum invalid') faults.checksumInvalid = Number(amount)
    else if (name === 'size invalid') faults.sizeInvalid = Number(amount)
    else faults.other = Number(amount)
  }
  return faults
}

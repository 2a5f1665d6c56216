import { expect, test } from 'vitest'
import { lastBackupOf } from './last-backup.ts'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { madeView } from '#domain/testing/restore-case.ts'

const older = madeBackup(1, 1, 1)
const newer = madeBackup(1, 5, 5, { type: 'incr' })
const ofOther = madeBackup(1, 9, 9, { isOfThisCluster: false })
const of = (backups: ReturnType<typeof madeBackup>[]) => madeView({}, backups)

test('the newest backup of this cluster is the last, whatever its type', () => {
  expect(lastBackupOf(of([newer, older, ofOther]), [])).toEqual({ at: minute(5), overdue: null })
  expect(lastBackupOf(of([ofOther]), [])).toEqual({ at: null, overdue: null })
  expect(lastBackupOf({ stanza: null }, [])).toEqual({ at: null, overdue: null })
})

test('it is overdue as badly as what was found says of its age, and of nothing else', () => {
  const missed = { kind: 'run-missed', severity: 'warning' } as const
  const none = { kind: 'no-backup', severity: 'critical' } as const
  const gap = { kind: 'wal-gap', severity: 'critical' } as const
  expect(lastBackupOf(of([older]), [gap, missed]).overdue).toBe('warning')
  expect(lastBackupOf(of([]), [none, missed]).overdue).toBe('critical')
  expect(lastBackupOf(of([older]), [gap]).overdue).toBeNull()
})

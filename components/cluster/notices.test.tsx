import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import { BackupNotice } from './notices.tsx'

const finding: BackupFinding = {
  kind: 'rehearsal-failed',
  severity: 'critical',
  repository: null,
  backup: null,
  sentence: 'The rehearsal that ended 3 d ago failed: WAL is missing.',
  advice: 'Read its report.',
}

test('the worst of the backups is told with what to do and the way there', () => {
  const markup = renderToStaticMarkup(<BackupNotice cluster="shop" finding={finding} />)
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  expect(body.textContent).toContain(
    'Critical: The rehearsal that ended 3 d ago failed: WAL is missing. Read its report.',
  )
  expect(body.querySelector('a')?.getAttribute('href')).toMatch(/shop.*backups/)
})

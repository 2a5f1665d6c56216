import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import type { LastBackup } from '#domain/backup/last-backup.ts'
import { ClusterRow } from './fleet-row.tsx'
import { rowOf } from './testing-row.ts'

const now = new Date('2026-11-23T10:00:00Z')
const at = new Date('2026-11-23T07:00:00Z')

function cells(lastBackup: LastBackup | null): { column: string; sentence: string; marked: boolean } {
  const markup = renderToStaticMarkup(
    <ClockProvider serverNow={now}>
      <ClusterRow row={rowOf('shop', { lastBackup })} isSelected={false} />
    </ClockProvider>,
  )
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  const found = [...body.querySelectorAll('[role=cell]')]
  const [, , sentence, , , , column] = found
  return {
    column: column?.textContent ?? '',
    sentence: sentence?.textContent ?? '',
    marked: column?.querySelector('svg') !== null,
  }
}

test('a line tells how long ago the last backup was', () => {
  expect(cells({ at, overdue: null })).toMatchObject({ column: '3 h ago', marked: false })
  expect(cells({ at, overdue: null }).sentence).not.toContain('backup')
})

test('an overdue one is marked and named, on a narrow page beneath the sentence', () => {
  expect(cells({ at, overdue: 'warning' })).toMatchObject({ column: '3 h ago, overdue', marked: true })
  expect(cells({ at, overdue: 'warning' }).sentence).toContain('backup 3 h ago, overdue')
})

test('that there is none is told, and nothing where no agent looks', () => {
  expect(cells({ at: null, overdue: 'critical' })).toMatchObject({ column: 'no backup', marked: true })
  expect(cells({ at: null, overdue: null })).toMatchObject({ column: 'no backup', marked: false })
  expect(cells(null)).toMatchObject({ column: '' })
})

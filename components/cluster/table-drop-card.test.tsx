import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { TableDrop } from '#domain/backup/table-drop.ts'
import type { ClusterView } from '#domain/fleet/view.ts'
import { TableDropCard } from './table-drop-card.tsx'

function shown(tableDrop: TableDrop | null): string {
  const view = { cluster: { name: 'shop' }, tableDrop } as ClusterView
  const markup = renderToStaticMarkup(<TableDropCard view={view} />)
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent
}

test('what a dropped table would mean is told in sentences, with its level as a word', () => {
  const text = shown({ level: 'proven', sentences: ['A table dropped within the last 6 d comes back.', 'In 12 min.'] })
  expect(text).toContain('If someone drops a table')
  expect(text).toContain('proven by rehearsal')
  expect(text).toContain('A table dropped within the last 6 d comes back.')
  expect(text).toContain('In 12 min.')
})

test('before backups were ever seen there is nothing to tell', () => {
  expect(shown(null)).toBe('')
})

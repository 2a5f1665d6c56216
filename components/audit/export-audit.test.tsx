import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import type { AuditAsked } from './audit-filter.ts'
import { ExportAudit } from './export-audit.tsx'

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)

const asked: [AuditAsked, string, string][] = [
  [{ limit: 100 }, 'Export all', ''],
  [{ limit: 100, breakGlass: true }, 'Export these', '?breakGlass=true'],
  [{ limit: 100, actor: 'Ada', outcome: 'refused' }, 'Export these', '?actor=Ada&outcome=refused'],
]

test.each(asked)('what is listed is what is exported: %o', async (each, words, query) => {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  await act(async () => root.render(<ExportAudit asked={each} />))
  expect(place.textContent).toContain(words)
  expect([...place.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    `/api/v1/audit/export.csv${query}`,
    `/api/v1/audit/export.jsonl${query}`,
  ])
  await act(async () => root.unmount())
})

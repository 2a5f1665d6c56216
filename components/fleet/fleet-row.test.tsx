import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import type { OperationKind } from '#domain/operation/operation.ts'
import { ClusterRow } from './fleet-row.tsx'
import { rowOf } from './testing-row.ts'

const now = new Date('2026-11-23T10:00:00Z')

function shown(kind: OperationKind): string {
  const since = new Date(now.getTime() - 180_000)
  const row = rowOf('shop', { activeOperation: { id: 'o', kind, requestedBy: 'Mara', since } })
  const markup = renderToStaticMarkup(
    <ClockProvider serverNow={now}>
      <ClusterRow row={row} isSelected={false} />
    </ClockProvider>,
  )
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent
}

test.each<[OperationKind, string]>([
  ['switchover', 'switching over'],
  ['backup', 'taking a backup'],
  ['restore', 'recovering to an earlier moment'],
  ['rehearsal', 'rehearsing a recovery'],
])('a %s that runs is told of as what it is', (kind, doing) => {
  expect(shown(kind)).toContain(`Mara has been ${doing} for 3 min`)
})

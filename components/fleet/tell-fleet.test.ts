import { expect, test } from 'vitest'
import { ageRow } from '#domain/fleet/aged-row.ts'
import { tellFleet } from './tell-fleet.ts'
import { rowOf } from './testing-row.ts'

const seenAt = new Date('2026-11-23T10:00:00Z')
const late = new Date(seenAt.getTime() + 20_000)
const old = [rowOf('billing', { seenAt }), rowOf('shop', { seenAt })].map((row) => ageRow(row, late))

test('where the page is not connected, it does not send anybody to the worker', () => {
  for (const phase of ['connecting', 'reconnecting', 'paused'] as const) {
    const told = tellFleet(old, late, phase)
    expect(told?.sentence).toMatch(/^This page .*20 s/u)
    expect(told?.rest).not.toContain('worker')
  }
})

test('where the page hears and all is old, the worker is named', () => {
  expect(tellFleet(old, late, 'live')?.rest).toContain('check that its worker runs')
})

test('as long as anything is of this moment, the clusters are spoken of', () => {
  const rows = [ageRow(rowOf('billing', { seenAt: late }), late), ...old]
  expect(tellFleet(rows, late, 'connecting')?.sentence).not.toContain('This page')
})

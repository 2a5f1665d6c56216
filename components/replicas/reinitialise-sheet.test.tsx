import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { ReinitialiseWish } from '#domain/plan/reinitialise-plan.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { ReinitialiseSheet } from './reinitialise-sheet.tsx'

const now = new Date('2026-11-26T06:00:00Z')
const copying = withMember(healthyWorld(now), 'pg-node-2', {
  state: 'creating replica',
  postgres: null,
  streamsFrom: null,
})

function open() {
  return openPage({
    page: (
      <ReinitialiseSheet
        cluster="postgres-cluster"
        replicas={['pg-node-1', 'pg-node-2']}
        member="pg-node-1"
        isOpen
        onClose={() => {}}
      />
    ),
    now,
    answers: {
      'replicas.preview': ({ member, force }: ReinitialiseWish) =>
        planReinitialise({ snapshot: follow(copying), agents: [], stack: null, backup: null }, { member, force }, now),
      'replicas.reinitialise': () => ({ id: 'op' }),
      'approvals.needed': () => null,
    },
  })
}

const button = () => document.querySelector<HTMLElement>('button[type=submit]')
const missing = () => button()?.getAttribute('aria-description') ?? null

test('the sheet says what is deleted, wants the name of the member typed, and asks for just that', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('deletes its data directory'))
  expect(button()?.textContent).toBe('Reinitialise pg-node-1')
  expect(page.text()).not.toContain('Force')
  await page.fill('Reason', 'it does not follow')
  expect(missing()).toBe('Type pg-node-1 to confirm.')
  await page.fill('Type pg-node-1', 'pg-node-1')
  expect(missing()).toBeNull()
  await act(async () => button()?.click())
  await page.until(() => page.gone.includes('/operations/op'))
  expect(page.asked.find(({ path }) => path === 'replicas.reinitialise')?.input).toMatchObject({
    cluster: 'postgres-cluster',
    member: 'pg-node-1',
    force: false,
    confirm: 'pg-node-1',
    expected: { leader: 'pg-node-3', timeline: 4 },
    idempotencyKey: expect.any(String),
  })
})

test('of another that is being copied, only force is left, and it is a choice of its own', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('deletes its data directory'))
  const list = document.querySelector('select')
  await act(async () => {
    if (!list) return
    list.value = 'pg-node-2'
    list.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await page.until(() => page.text().includes('is copying already'))
  expect(missing()).toContain('is copying already')
  const force = document.querySelector<HTMLInputElement>('input[type=checkbox]')
  expect(force?.checked).toBe(false)
  await act(async () => force?.click())
  await page.until(() => page.text().includes('is ended first'))
  await page.fill('Reason', 'that copy hangs')
  await page.fill('Type pg-node-2', 'pg-node-2')
  expect(missing()).toBeNull()
})

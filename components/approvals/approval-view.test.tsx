import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { decisionText } from '#domain/approvals/binding.ts'
import type { ApprovalView as View } from '#domain/approvals/view.ts'
import { need } from '#domain/approvals/testing/asked-made.ts'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { madeOperation } from '#domain/testing/operation-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { ApprovalView } from './approval-view.tsx'

const now = new Date('2026-11-26T10:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null, now } as const
const plan = planSwitchover(snapshot, wish)
const bound = { planHash: 'f'.repeat(64), leader: plan.leader, timeline: plan.timeline, systemIdentifier: null }

function view(part: Partial<View> = {}): View {
  return {
    operation: madeOperation(plan, null, {
      state: 'proposed',
      reason: 'kernel update of pg-node-3',
      endedAt: null,
      outcome: null,
      steps: [],
      approval: { need, decisions: [] },
    }),
    standing: { kind: 'open', given: 0, missing: 1, untilAt: new Date(now.getTime() + 3_000_000) },
    need,
    bound,
    cluster: null,
    since: [],
    fault: null,
    isMine: false,
    serverNow: now,
    ...part,
  }
}

function open(shown: View) {
  return openPage({
    page: <ApprovalView view={shown} />,
    now,
    role: 'admin',
    answers: {
      'factors.proofWays': () => ({ code: true, passkey: null }),
      'approvals.approve': () => shown.operation,
      'approvals.reject': () => shown.operation,
      'approvals.run': () => ({ ...shown.operation, state: 'planned' }),
    },
  })
}

test('an approval is sent with what stood on the page and the code, and not without one', async () => {
  const shown = view()
  await using page = await open(shown)
  await page.until(() => page.text().includes('kernel update of pg-node-3'))
  expect(page.text()).toContain('Ada asks: Switch over to pg-node-1')
  expect(page.text()).toMatch(/1 approval missing, (50|49) min/)
  expect(button('Reject')?.getAttribute('aria-description')).toBe('Say why: the audit log keeps it.')
  await page.press('Approve')
  await page.until(() => button('Approve it') !== null)
  const subject = decisionText(shown.operation.id, 'approve', bound)
  expect(page.asked.find(({ path }) => path === 'factors.proofWays')?.input).toMatchObject({
    purpose: 'approve',
    subject,
  })
  await page.press('Approve it')
  expect(page.asked.some(({ path }) => path === 'approvals.approve')).toBe(false)
  await page.fill('Code of your authenticator app', '123456')
  await page.press('Approve it')
  await page.until(() => page.asked.some(({ path }) => path === 'approvals.approve'))
  expect(page.asked.find(({ path }) => path === 'approvals.approve')?.input).toMatchObject({
    seen: bound,
    proof: { kind: 'totp', code: '123456' },
  })
})

test('who may not approve reads why, and whoever asked runs it once it is approved', async () => {
  const fault = 'You set the policy production as it stands.'
  {
    await using page = await open(view({ fault }))
    await page.until(() => page.text().includes(fault))
    expect(button('Approve')?.getAttribute('aria-description')).toBe(fault)
  }
  const untilAt = new Date(now.getTime() + 600_000)
  const mine = view({ isMine: true, standing: { kind: 'approved', untilAt } })
  await using page = await open(mine)
  await page.until(() => button('Run now') !== null)
  expect(button('Approve')).toBeNull()
  await act(async () => button('Run now')?.click())
  await page.until(() => page.gone.includes(`/operations/${mine.operation.id}`))
})

function button(name: string): HTMLElement | null {
  return [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name) ?? null
}

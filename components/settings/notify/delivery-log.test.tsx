import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import { DeliveryLog } from './delivery-log.tsx'

const at = new Date('2026-11-26T03:00:00Z')

const dead: NotificationRow = {
  id: 7,
  channelId: 'c',
  channelName: 'pager',
  channelKind: 'pagerduty',
  kind: 'trigger',
  severity: 'critical',
  state: 'dead',
  attempts: 1,
  createdAt: at,
  nextAttemptAt: at,
  attemptedAt: at,
  sentAt: null,
  response: null,
  problem: 'It answered 400.',
  dismissedAt: null,
  dismissedBy: null,
  told: {
    key: 'k',
    alertId: 'a',
    ruleId: 'no-leader',
    title: 'No leader',
    subject: 'main',
    member: null,
    clusterId: 'c',
    cluster: 'main',
    labels: [],
    cause: 'leadership',
    severity: 'critical',
    sentence: 'Nobody leads.',
    news: 'began',
    since: at,
    resolvedAt: null,
    incident: null,
    acknowledgedBy: null,
    runbook: null,
    peak: null,
  },
}

test('what was given up is sent again or dismissed; who dismissed it is said, and nothing is left to dismiss', async () => {
  let row = dead
  await using page = await openPage({
    page: <DeliveryLog mayManage />,
    role: 'admin',
    now: at,
    answers: {
      'notifications.log': () => ({ notifications: [row], nextBefore: null }),
      'notifications.dismiss': () => (row = { ...dead, dismissedAt: at, dismissedBy: 'Ada' }),
    },
  })
  await page.until(() => page.text().includes('It answered 400.'))
  expect(page.button('Try again to tell pager')).toBeDefined()
  await page.press('Dismiss what pager was not told')
  await page.until(() => page.text().includes('dismissed by Ada'))
  expect(page.asked.find(({ path }) => path === 'notifications.dismiss')?.input).toEqual({ id: 7 })
  expect(page.button('Try again to tell pager')).toBeDefined()
  expect(() => page.button('Dismiss what pager was not told')).toThrow('There is no button')
})

test('what did not reach all that it was sent to says whom, and is sent again or dismissed', async () => {
  const row: NotificationRow = { ...dead, channelName: 'mail', state: 'sent', sentAt: at, problem: 'Not for Ben.' }
  await using page = await openPage({
    page: <DeliveryLog mayManage />,
    role: 'admin',
    now: at,
    answers: { 'notifications.log': () => ({ notifications: [row], nextBefore: null }) },
  })
  await page.until(() => page.text().includes('sent, but not to all'))
  expect(page.text()).toContain('Not for Ben.')
  expect(page.button('Try again to tell mail')).toBeDefined()
  expect(page.button('Dismiss what mail was not told')).toBeDefined()
})

test('whoever may not manage notifications is offered neither', async () => {
  await using page = await openPage({
    page: <DeliveryLog mayManage={false} />,
    now: at,
    answers: { 'notifications.log': () => ({ notifications: [dead], nextBefore: null }) },
  })
  await page.until(() => page.text().includes('given up'))
  expect(() => page.button('Dismiss what pager was not told')).toThrow('There is no button')
})

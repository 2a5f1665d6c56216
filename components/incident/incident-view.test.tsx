import { expect, test } from 'vitest'
import { madeIncident } from '#components/alerts/testing-incident.ts'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Incident } from '#domain/alerts/alert.ts'
import { madeAlert, moment } from '#domain/alerts/testing/made-alert.ts'
import type { Role } from '#domain/permission.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { IncidentView } from './incident-view.tsx'

type Shown = RouterOutputs['incidents']['get']

function shownOf(change: Partial<Incident> = {}): Shown {
  const incident = madeIncident(change)
  return {
    incident,
    alerts: [
      madeAlert('leadership', { subject: 'main', member: null }),
      madeAlert('replication', { subject: 'pg-2', member: 'pg-2' }),
    ],
    notes: [{ text: 'etcd was restarted.', writtenBy: 'Mara', writtenAt: moment(90) }],
    timeline: [
      { at: moment(60), kind: 'alert', severity: 'critical', sentence: 'Nobody holds the lead.', operationId: null },
      { at: moment(90), kind: 'note', severity: 'info', sentence: 'Mara: etcd was restarted.', operationId: null },
    ],
    runbooks: ['leader-lost'],
    serverNow: moment(600),
  }
}

function open(shown: Shown, role: Role = 'operator') {
  return openPage({
    page: <IncidentView shown={shown} />,
    role,
    now: moment(600),
    answers: {
      'clusters.get': () => {
        throw new Error('It was removed.')
      },
      'runbooks.get': () => ({ name: 'leader-lost', markdown: '# The leader is lost\n\nWait, **and look**.' }),
      'incidents.acknowledge': () => shown,
      'incidents.note': () => shown,
    },
  })
}

test('it says what is wrong, since when, whom it concerns and what to do', async () => {
  await using page = await open(shownOf())
  await page.until(() => page.text().includes('Wait, and look.'))
  expect(page.text()).toMatch(/^CriticalNobody holds the lead\./)
  expect(page.text()).toContain('It concerns pg-2 of main.')
  expect(page.text()).toContain('Nobody has acknowledged it yet.')
  expect(page.text()).toContain('Made of')
  const lines = [...document.querySelectorAll('ol li')].map(({ textContent }) => textContent)
  expect(lines.at(-1)).toContain('Mara: etcd was restarted.')
})

test('acknowledging comes first among its acts, and what moves the lead says why it cannot', async () => {
  await using page = await open(shownOf())
  await page.until(() => page.text().includes('Wait, and look.'))
  const [acts] = document.querySelectorAll('[role="group"][aria-label="Acts"]')
  expect([...(acts?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent)).toEqual([
    'Acknowledge',
    'Silence',
    'Export',
  ])
  expect(page.button('Switch over').getAttribute('aria-description')).toBe('How the cluster stands is not in view.')
  await page.press('Acknowledge')
  expect(page.asked.some(({ path }) => path === 'incidents.acknowledge')).toBe(true)
})

test('a note is written as it was typed', async () => {
  await using page = await open(shownOf())
  await page.until(() => page.text().includes('Add a note'))
  await page.fill('Add a note', 'The rack lost power.')
  await page.press('Add note')
  await page.until(() => page.asked.some(({ path }) => path === 'incidents.note'))
  expect(page.asked.find(({ path }) => path === 'incidents.note')?.input).toEqual({
    number: 7,
    text: 'The rack lost power.',
  })
})

test.each<[string, Partial<Incident>, Role]>([
  ['that is over', { closedAt: moment(500) }, 'operator'],
  ['for who only reads', {}, 'viewer'],
])('an incident %s can still be exported, and no more', async (_, change, role) => {
  await using page = await open(shownOf(change), role)
  await page.until(() => page.text().includes('Wait, and look.'))
  const [acts] = document.querySelectorAll('[role="group"][aria-label="Acts"]')
  expect([...(acts?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent)).toEqual(['Export'])
})

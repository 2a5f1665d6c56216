import { act } from 'react'
import { expect, test } from 'vitest'
import { rowOf } from '#components/fleet/testing-row.ts'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Alert, Incident, Silence } from '#domain/alerts/alert.ts'
import { madeAlert, moment } from '#domain/alerts/testing/made-alert.ts'
import type { Role } from '#domain/people/permission.ts'
import { AlertsView } from './alerts-view.tsx'
import { madeIncident } from './testing-incident.ts'

const now = moment(600)
const silence: Silence = {
  id: 's',
  clusterId: 'c',
  ruleId: 'some-replication',
  subject: null,
  reason: 'a bulk load',
  createdBy: 'Mara',
  createdAt: moment(0),
  endsAt: moment(3600),
}

interface Given {
  incidents?: Incident[]
  alerts?: Alert[]
  silences?: Silence[]
  role?: Role
  search?: string
  cluster?: string | null
}

function open({ incidents = [], alerts = [], silences = [], role = 'operator', search = '', cluster = null }: Given) {
  return openPage({
    page: <AlertsView cluster={cluster} />,
    role,
    now,
    search,
    answers: {
      'clusters.list': () => [rowOf('main', { clusterId: 'c' })],
      'alerts.list': ({ states }: { states?: string[] }) => ({
        alerts: alerts.filter(({ state }) => (states ?? ['pending', 'firing']).includes(state)),
        silences,
        standingStill: [],
        muted: [],
        serverNow: now,
      }),
      'incidents.list': ({ isOpen }: { isOpen?: boolean }) => ({
        incidents: incidents.filter(({ closedAt }) => !isOpen || closedAt === null),
        nextBefore: null,
      }),
      'incidents.acknowledge': () => ({ incident: incidents[0] }),
      'silences.end': () => silence,
    },
  })
}

const lost = madeAlert('leadership', {
  incidentId: 'incident-7',
  title: 'No leader',
  summary: 'Nobody holds the lead.',
})

test('the page opens with the worst and who looks after it, then says what goes on, by what is known of it', async () => {
  const alerts = [
    lost,
    madeAlert('replication', { state: 'pending', firedAt: null }),
    madeAlert('pooling', { unknownSince: moment(300) }),
    madeAlert('backup', { state: 'resolved', resolvedAt: moment(500) }),
  ]
  await using page = await open({ incidents: [madeIncident()], alerts, silences: [silence] })
  await page.until(() => page.text().includes('Resolved lately'))
  expect(page.text()).toMatch(/^main: Nobody holds the lead\. Nobody has acknowledged it yet\./)
  const headings = [...document.querySelectorAll('h2')].map(({ textContent }) => textContent)
  expect(headings).toEqual([
    'Open incidents 1',
    'Firing 1',
    'Cannot be seen 1',
    'Pending 1',
    'Silences 1',
    'Resolved lately 1',
  ])
  expect(page.text()).toContain('cannot be seen for 5 min')
  expect(page.text()).toContain('silenced by Mara until')
  expect(page.text()).not.toContain('You look on')
})

test('what fires and no longer holds is told as that', async () => {
  await using page = await open({ alerts: [madeAlert('pooling', { quietSince: moment(540) })] })
  await page.until(() => page.text().includes('Firing'))
  expect(page.text()).toContain('has not held for 1 min, ends soon')
})

test('k and m on a row acknowledge and silence it', async () => {
  await using page = await open({ incidents: [madeIncident()], alerts: [lost] })
  await page.until(() => page.text().includes('Open incidents'))
  const row = document.querySelector<HTMLElement>('[data-row="incident 7"]')
  const press = (key: string) =>
    act(async () => {
      row?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    })
  await press('k')
  await page.until(() => page.asked.some(({ path }) => path === 'incidents.acknowledge'))
  expect(page.asked.find(({ path }) => path === 'incidents.acknowledge')?.input).toEqual({ number: 7 })
  await press('m')
  await page.until(() => page.text().includes('For how long'))
  expect(page.text()).toContain('Incident 7: Nobody holds the lead.')
})

test('who only reads sees the same without acts, and one line that says so', async () => {
  await using page = await open({ incidents: [madeIncident()], alerts: [lost], silences: [silence], role: 'viewer' })
  await page.until(() => page.text().includes('Firing'))
  expect(page.text()).toContain('You look on as viewer')
  const buttons = [...document.querySelectorAll('button')].map(({ textContent }) => textContent)
  expect(buttons.filter((name) => /Acknowledge|Silence|End/.test(name))).toEqual([])
})

test('the address narrows what is listed', async () => {
  const alerts = [lost, madeAlert('backup', { summary: 'The last backup is old.' })]
  await using page = await open({ incidents: [madeIncident()], alerts, search: 'cause=backup' })
  await page.until(() => page.text().includes('The last backup is old.'))
  expect(document.querySelectorAll('[data-row]')).toHaveLength(1)
})

test('a calm cluster is told as such', async () => {
  await using page = await open({ cluster: 'main' })
  await page.until(() => page.text().includes('No alert fires on main.'))
  expect(document.querySelectorAll('[data-row]')).toHaveLength(0)
})

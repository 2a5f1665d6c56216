import { expect, test } from 'vitest'
import { madeIncident } from '#components/alerts/testing-incident.ts'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Incident } from '#domain/alerts/alert.ts'
import { madeAlert, moment } from '#domain/alerts/testing/made-alert.ts'
import type { Role } from '#domain/people/permission.ts'
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
      {
        at: moment(60),
        kind: 'alert',
        severity: 'critical',
        sentence: 'Nobody holds the lead.',
        operationId: null,
        log: null,
      },
      {
        at: moment(90),
        kind: 'note',
        severity: 'info',
        sentence: 'Mara: etcd was restarted.',
        operationId: null,
        log: null,
      },
    ],
    runbooks: ['leader-lost'],
    logs: { isAllowed: true, nodes: ['pg-1', 'pg-2'] },
    serverNow: moment(600),
  }
}

function open(shown: Shown, role: Role = 'operator', search = '') {
  return openPage({
    page: <IncidentView shown={shown} />,
    role,
    search,
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

/** So many lines of Patroni from a moment on, one a second. */
function patroniLines(from: number, texts: readonly string[]): Shown['timeline'] {
  return texts.map((sentence, n) => ({
    at: moment(from + n),
    kind: 'log',
    severity: 'warning',
    sentence,
    operationId: null,
    log: { node: 'pg-2', program: 'patroni', level: 'ERROR', times: 1 },
  }))
}

const silent = 'The agent of pg-3 did not answer. What Patroni and PostgreSQL wrote on pg-3 is not known from here on.'

function withLogs(): Shown {
  const shown = shownOf()
  const [alert, note] = shown.timeline
  const lines = patroniLines(61, ['one', 'two', 'three', 'demoting self because DCS is not accessible'])
  const about = {
    at: moment(80),
    kind: 'log',
    severity: 'info',
    sentence: silent,
    operationId: null,
    log: null,
  } as const
  return {
    ...shown,
    timeline: [alert, ...lines, about, note, ...patroniLines(95, ['four'])].filter((entry) => entry !== undefined),
  }
}

const rows = () => [...document.querySelectorAll('section ol')][0]?.children ?? []

test('lines of a log stand where they were written, many of them as one that opens, beside what nobody could read', async () => {
  await using page = await open(withLogs())
  await page.until(() => page.text().includes('Wait, and look.'))
  const told = [...rows()].map(({ textContent }) => textContent)
  expect(told).toHaveLength(5)
  expect(told[1]).toContain('4 lines of Patroni on pg-2')
  expect(told[1]).toContain('ERROR demoting self because DCS is not accessible')
  expect(told[2]).toContain(silent)
  expect(told[3]).toContain('Mara: etcd was restarted.')
  expect(told[4]).toContain('Patroni on pg-2 ERROR four')
  const group = rows()[1]?.querySelectorAll('details li')
  expect([...(group ?? [])].map(({ textContent }) => textContent?.replace(/^.*ERROR/u, 'ERROR'))).toEqual([
    'ERROR one',
    'ERROR two',
    'ERROR three',
    'ERROR demoting self because DCS is not accessible',
  ])
})

test('without logs, as the address says, the timeline holds the rest, and they can be shown again', async () => {
  await using page = await open(withLogs(), 'operator', 'logs=off')
  await page.until(() => page.text().includes('Wait, and look.'))
  expect(rows()).toHaveLength(2)
  expect(page.button('Show logs')).toBeDefined()
})

test.each<[string, Shown['logs'], string]>([
  ['may not see them', { isAllowed: false, nodes: [] }, 'is shown to the roles operator and admin'],
  ['has no agents', { isAllowed: true, nodes: [] }, 'have not been read'],
  [
    'has quiet nodes',
    { isAllowed: true, nodes: ['pg-1', 'pg-2'] },
    'Nothing that matters stands in the logs of pg-1 and pg-2.',
  ],
])('who %s is told so', async (_, logs, words) => {
  await using page = await open({ ...shownOf(), logs })
  await page.until(() => page.text().includes('Wait, and look.'))
  expect(page.text()).toContain(words)
})

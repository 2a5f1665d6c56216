import { expect, test } from 'vitest'
import type { Channel } from './channel.ts'
import { planTellings, type AlertStanding, type Telling } from './plan-tellings.ts'
import type { Route } from './route.ts'

const noon = new Date('2026-11-26T12:00:00Z')
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

const channel = (id: string, settings: Channel['settings'] = { kind: 'slack' }): Channel => ({
  id,
  name: id,
  settings,
  sendsResolved: true,
  isPaused: false,
  hasSecret: true,
})
const pager = channel('pager', { kind: 'pagerduty', url: 'https://events.pagerduty.com/v2/enqueue' })
const channels = [pager, channel('chat')]
const route: Route = {
  id: 'r',
  severity: 'warning',
  cluster: null,
  label: null,
  hours: null,
  steps: [
    { afterMinutes: 0, channelIds: ['pager'] },
    { afterMinutes: 10, channelIds: ['chat'] },
  ],
  repeatMinutes: 240,
  goesOn: false,
}

function standing(change: Partial<AlertStanding> = {}, alert: Partial<AlertStanding['alert']> = {}): AlertStanding {
  return {
    alert: { clusterId: 'c', severity: 'critical', state: 'firing', explainedBy: null, firedAt: noon, ...alert },
    incident: { acknowledgedAt: null },
    silence: null,
    maintenance: null,
    labels: ['prod'],
    isRemoved: false,
    tellings: [],
    toldCritical: new Set(),
    ...change,
  }
}

let id = 0
const telling = (change: Partial<Telling> = {}): Telling => ({
  id: (id += 1),
  channelId: 'pager',
  kind: 'trigger',
  severity: 'critical',
  state: 'sent',
  isUntouched: false,
  createdAt: noon,
  sentAt: noon,
  ...change,
})

function plan(given: AlertStanding, now = noon, routes = [route], known = channels): string[] {
  const { tell, drop } = planTellings(given, { routes, channels: known, now })
  return [...tell.map(({ channelId, news }) => `${news} ${channelId}`), ...drop.map(({ why }) => why)]
}

test('it is told at once, then to others when nobody acknowledges, and not twice', () => {
  expect(plan(standing())).toEqual(['began pager'])
  const told = [telling()]
  expect(plan(standing({ tellings: told }), at(9))).toEqual([])
  expect(plan(standing({ tellings: told }), at(10))).toEqual(['escalated chat'])
  const acknowledged = standing({ tellings: told, incident: { acknowledgedAt: at(5) } })
  expect(plan(acknowledged, at(10))).toEqual([])
})

test('the next step does not wait for a channel that cannot be told', () => {
  expect(plan(standing({ tellings: [telling({ state: 'dead', sentAt: null })] }), at(1))).toEqual(['escalated chat'])
})

test('the next step does not wait for channels that are paused, gone or told nothing', () => {
  const paused = { ...pager, isPaused: true }
  const beat = channel('beat', { kind: 'heartbeat' })
  const chat = channel('chat')
  const led = (...first: string[]): Route[] => [
    { ...route, steps: [{ afterMinutes: 0, channelIds: first }, ...route.steps.slice(1)] },
  ]
  expect(plan(standing(), noon, [route], [paused, chat])).toEqual(['began chat'])
  expect(plan(standing(), noon, [route], [chat])).toEqual(['began chat'])
  expect(plan(standing(), noon, led('pager', 'beat'), [paused, beat, chat])).toEqual(['began chat'])
  // One that can be told is waited for.
  const other = channel('other')
  expect(plan(standing(), noon, led('pager', 'other'), [paused, other, chat])).toEqual(['began other'])
  // What waits on a channel that was paused since has not arrived; what was sent has.
  const waiting = telling({ state: 'waiting', isUntouched: true, sentAt: null })
  expect(plan(standing({ tellings: [waiting] }), at(1), [route], [paused, chat])).toEqual(['escalated chat'])
  expect(plan(standing({ tellings: [telling()] }), at(9), [route], [paused, chat])).toEqual([])
  expect(plan(standing({ tellings: [telling()] }), at(10), [route], [paused, chat])).toEqual(['escalated chat'])
})

test('steps behind one that nobody could be told by count from what was told first, and all come where nobody is left', () => {
  const steps = ['pager', 'chat', 'other', 'last'].map((id, n) => ({ afterMinutes: n * 10, channelIds: [id] }))
  const four = [{ ...route, steps }]
  const paused = (...ids: string[]) =>
    ['pager', 'chat', 'other', 'last'].map((id) => ({ ...channel(id), isPaused: ids.includes(id) }))
  expect(plan(standing(), at(5), four, paused('pager'))).toEqual(['began chat'])
  const told = standing({ tellings: [telling({ channelId: 'chat', createdAt: at(5), sentAt: at(5) })] })
  expect(plan(told, at(24), four, paused('pager'))).toEqual([])
  expect(plan(told, at(25), four, paused('pager'))).toEqual(['escalated other'])
  expect(plan(standing(), noon, four, paused('pager', 'chat', 'other'))).toEqual(['began last'])
  expect(plan(standing(), noon, four, paused('pager', 'chat', 'other', 'last'))).toEqual([])
})

test('what is critical and joins an acknowledged incident is told to the first that can be, and to nobody after', () => {
  const incident = { acknowledgedAt: noon }
  const dead = telling({ state: 'dead', sentAt: null })
  const without = [{ ...pager, isPaused: true }, channel('chat')]
  expect(plan(standing({ incident }), at(60), [route], without)).toEqual(['began chat'])
  expect(plan(standing({ incident, tellings: [dead] }), at(60))).toEqual(['began chat'])
  expect(plan(standing({ incident }, { severity: 'warning' }), at(60), [route], without)).toEqual([])
  expect(plan(standing({ incident, tellings: [telling()] }), at(60), [route], without)).toEqual([])
})

test('maintenance holds it back and takes back what nobody tried to send; what fires at its end is told then', () => {
  const waiting = telling({ state: 'waiting', isUntouched: true, sentAt: null })
  const maintenance = { endsAt: at(60) }
  expect(plan(standing({ maintenance }))).toEqual([])
  expect(plan(standing({ maintenance, tellings: [waiting] }))).toEqual(['Maintenance until 2026-11-26T13:00:00.000Z.'])
  const dropped = { ...waiting, state: 'dropped' } as const
  expect(plan(standing({ tellings: [dropped] }), at(60))).toEqual(['began pager'])
})

test('silences and operations hold it back and take back what nobody tried to send', () => {
  const waiting = telling({ state: 'waiting', isUntouched: true, sentAt: null })
  const silence = { endsAt: at(60) }
  expect(plan(standing({ silence }))).toEqual([])
  expect(plan(standing({ silence, tellings: [waiting] }))).toEqual(['Silent until 2026-11-26T13:00:00.000Z.'])
  expect(plan(standing({ tellings: [waiting] }, { explainedBy: 'o' }))).toEqual(['An operation under way explains it.'])
  expect(plan(standing({ silence, tellings: [telling({ ...waiting, isUntouched: false })] }))).toEqual([])
})

test('its end is told to whoever may know of it, once; to a pager by its page', () => {
  const over = (tellings: Telling[]) => plan(standing({ tellings }, { state: 'resolved' }))
  const chat = (change: Partial<Telling> = {}) => telling({ channelId: 'chat', ...change })
  expect(over([chat()])).toEqual(['ended chat'])
  expect(over([chat({ state: 'waiting', isUntouched: false })])).toEqual(['ended chat'])
  expect(over([chat({ state: 'waiting', isUntouched: true })])).toEqual(['It ended before it was told.'])
  expect(over([chat({ state: 'dead' })])).toEqual([])
  const end = chat({ kind: 'resolve', state: 'waiting', isUntouched: true })
  expect(over([chat(), end])).toEqual([])
  expect(over([telling(), telling({ state: 'waiting', isUntouched: true })])).toEqual(['It ended before it was told.'])
})

test('of a removed cluster nothing is told but that it was removed, to whoever may know of it and is told of ends', () => {
  const gone = (tellings: Telling[], maintenance: AlertStanding['maintenance'] = null) =>
    plan(standing({ tellings, maintenance, isRemoved: true }, { state: 'resolved' }), at(600))
  const chat = (change: Partial<Telling> = {}) => telling({ channelId: 'chat', ...change })
  expect(gone([chat()])).toEqual(['removed chat'])
  expect(gone([chat()], { endsAt: at(900) })).toEqual(['removed chat'])
  expect(gone([chat(), chat({ kind: 'resolve' })])).toEqual([])
  expect(gone([])).toEqual([])
  expect(gone([chat({ state: 'waiting', isUntouched: true })])).toEqual(['Its cluster was removed before it was told.'])
})

test('it is told again while it fires, but not to a pager; what became worse is told at once', () => {
  const chat = telling({ channelId: 'chat', severity: 'warning' })
  const given = (severity: 'warning' | 'critical', tellings: Telling[]) =>
    plan(standing({ tellings }, { severity }), at(240))
  expect(given('warning', [telling({ severity: 'warning' }), chat])).toEqual(['again chat'])
  expect(given('critical', [telling(), chat])).toEqual(['worsened chat'])
})

test('what was given up is told again where the route repeats, to a pager too, counted from when it was written down', () => {
  const dead = (channelId: string, minutes = 0) =>
    telling({ channelId, state: 'dead', createdAt: at(minutes), sentAt: null })
  const both = (minutes = 0) => standing({ tellings: [dead('pager', minutes), dead('chat', minutes)] })
  expect(plan(both(), at(239))).toEqual([])
  expect(plan(both(), at(240))).toEqual(['again pager', 'again chat'])
  expect(plan(both(200), at(240))).toEqual([])
  expect(plan(both(), at(240), [{ ...route, repeatMinutes: null }])).toEqual([])
  const waiting = telling({ state: 'waiting', createdAt: at(-600), sentAt: null })
  expect(plan(standing({ tellings: [waiting, telling({ channelId: 'chat' })] }), at(239))).toEqual([])
})

test('whoever looks after an incident is told only of what is critical and joins it', () => {
  const incident = { acknowledgedAt: at(-5) }
  expect(plan(standing({ incident }, { severity: 'warning' }))).toEqual([])
  expect(plan(standing({ incident }))).toEqual(['began pager'])
})

test('critical goes at once, warnings and what follows in the same incident wait for each other', () => {
  const waits = (given: AlertStanding, channelId: string) => {
    const steps = [{ afterMinutes: 0, channelIds: [channelId] }]
    return planTellings(given, { routes: [{ ...route, steps }], channels, now: noon }).tell.map(({ waitMs }) => waitMs)
  }
  expect(waits(standing(), 'chat')).toEqual([0])
  expect(waits(standing({}, { severity: 'warning' }), 'chat')).toEqual([30_000])
  expect(waits(standing({ toldCritical: new Set(['chat']) }), 'chat')).toEqual([30_000])
})

test('the first route that matches counts, unless it goes on; labels, clusters and hours are looked at', () => {
  const to = (channelId: string, change: Partial<Route>): Route => ({
    ...route,
    steps: [{ afterMinutes: 0, channelIds: [channelId] }],
    ...change,
  })
  expect(plan(standing(), noon, [to('chat', {}), to('pager', {})])).toEqual(['began chat'])
  expect(plan(standing(), noon, [to('chat', { goesOn: true }), to('pager', {})])).toEqual(['began chat', 'began pager'])
  expect(plan(standing(), noon, [to('chat', { label: 'test' }), to('pager', { label: 'prod' })])).toEqual([
    'began pager',
  ])
  const hours = { days: [4], from: '13:00', to: '14:00', zone: 'Europe/Zurich' }
  expect(plan(standing(), noon, [to('chat', { hours })])).toEqual(['began chat'])
  expect(plan(standing(), noon, [to('chat', { hours: { ...hours, zone: 'UTC' } })])).toEqual([])
  // What began on Wednesday evening goes on until Thursday.
  expect(
    plan(standing(), noon, [to('chat', { hours: { days: [3], from: '20:00', to: '13:00', zone: 'UTC' } })]),
  ).toEqual(['began chat'])
})

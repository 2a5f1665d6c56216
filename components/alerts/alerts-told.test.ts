import { expect, test } from 'vitest'
import { madeAlert, moment } from '#domain/alerts/testing/made-alert.ts'
import { filterAlerts, isAlertFiltered, readAlertFilter } from './alert-filter.ts'
import { alertsSentence } from './alerts-sentence.ts'
import { groupAlerts } from './group-alerts.ts'
import { aimsOfAlert, aimsOfIncident } from './silence-aims.ts'
import { silenceEnd } from './silence-until.ts'
import { madeIncident } from './testing-incident.ts'
import { worstIncidentsFirst } from './worst-incidents-first.ts'

const unseen = madeAlert('pooling', { unknownSince: moment(1) })
const pending = madeAlert('backup', { state: 'pending' })

test('what is open comes first in the sentence, then what else goes on', () => {
  const groups = groupAlerts([madeAlert('leadership'), unseen, pending])
  const mine = madeIncident({ acknowledgedBy: 'Mara', acknowledgedAt: moment(1) })
  expect(alertsSentence([mine, madeIncident({ number: 8 })], groups, 'main')).toEqual({
    sentence: 'Nobody holds the lead. Mara looks after it.',
    rest: '1 more incident is open, 1 alert fires, 1 alert may fire soon and of 1 it cannot be seen whether it still holds.',
  })
  expect(alertsSentence([], groupAlerts([unseen]), 'main').sentence).toMatch(/^Nothing is known to be wrong, but/)
  const grave = madeAlert('leadership', { state: 'pending', severity: 'critical' })
  expect(alertsSentence([], groupAlerts([grave]), 'main').sentence).toBe(
    'No alert fires on main yet, but 1 critical one holds and fires soon.',
  )
  expect(alertsSentence([], groupAlerts([]), null)).toEqual({ sentence: 'No alert fires on any cluster.', rest: null })
  expect(alertsSentence([], groupAlerts([]), null, false).sentence).toBe(
    'No cluster is looked after yet, so no alert can fire.',
  )
})

test('of equally bad incidents the one that nobody looks after comes first', () => {
  const mine = madeIncident({ number: 1, acknowledgedAt: moment(1) })
  const order = worstIncidentsFirst([
    madeIncident({ number: 3, severity: 'warning' }),
    mine,
    madeIncident({ number: 2 }),
  ])
  expect(order.map(({ number }) => number)).toEqual([2, 1, 3])
})

test('an address that makes no sense leaves nothing out, and every word must be found', () => {
  const read = (query: string, own: string | null = null) => readAlertFilter(new URLSearchParams(query), own)
  expect(isAlertFiltered(read('severity=terrible&cause=constructor'))).toBe(false)
  expect(read('cluster=other', 'main').cluster).toBe('')
  expect(filterAlerts([unseen, pending], read('q=pgbouncer+it'))).toEqual([unseen])
  expect(filterAlerts([madeIncident()], read('q=incident+7&severity=critical'))).toHaveLength(1)
})

test('silences are offered from the narrowest on, and of an incident each rule once', () => {
  const alerts = [madeAlert('replication', { subject: 'pg-1' }), madeAlert('replication', { subject: 'pg-2' })]
  expect(aimsOfAlert(alerts[0] ?? unseen).map(({ silences }) => silences[0])).toEqual([
    { cluster: 'main', rule: 'some-replication', subject: 'pg-1' },
    { cluster: 'main', rule: 'some-replication' },
    { cluster: 'main' },
  ])
  expect(aimsOfIncident('main', alerts)[0]?.silences).toEqual([{ cluster: 'main', rule: 'some-replication' }])
})

test('a silence ends ahead, and within 90 days', () => {
  expect(silenceEnd('3600', null, moment(0))).toEqual({ endsAt: moment(3600), fault: null })
  expect(silenceEnd('', moment(-1), moment(0)).fault).toMatch(/has passed/)
  expect(silenceEnd('', moment(91 * 86_400), moment(0)).fault).toMatch(/90 days/)
  expect(silenceEnd('', null, moment(0))).toEqual({ endsAt: null, fault: null })
})

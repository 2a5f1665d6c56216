import { expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import { rowOf } from '#components/fleet/testing-row.ts'
import type { Capability } from '#domain/operation/capability.ts'
import { isFound, paletteGroups } from './entries.ts'

const rows = [
  rowOf('billing', { activeOperation: { id: 'o-1', kind: 'switchover', requestedBy: 'Mara', since: new Date(0) } }),
  rowOf('shop'),
]

function open(given: Partial<Parameters<typeof paletteGroups>[0]> = {}) {
  const gone: string[] = []
  const groups = paletteGroups({
    rows,
    acts: [],
    grants: [everywhere('admin')],
    cluster: null,
    go: (href) => gone.push(href),
    own: [],
    canOf: () => null,
    ...given,
  })
  const find = (typed: string) => groups.flatMap(({ items }) => items).filter((entry) => isFound(entry, typed))
  return { gone, find, labels: (typed: string) => find(typed).map(({ label }) => label) }
}

test('an act on a cluster is found from any page and leads to where it is done', () => {
  const { find, gone } = open()
  find('switch over shop')[0]?.run()
  expect(gone).toEqual(['/clusters/shop?act=switchover'])
})

test.each([
  'Stop the operation on billing',
  'Change shop',
  'Remove shop',
  'Fail over shop',
  'Schedule switchover of shop',
  'Cancel scheduled switchover of shop',
  'Add a cluster',
  'Invite a person',
  'Make a token',
  'Verify the chain of the audit log',
  'Settings: clusters',
  'Settings: people',
  'shop: alerts',
  'shop: alert rules',
  'shop: events',
  'shop: Postgres',
  'shop: pools',
  'shop: traffic',
  'shop: history',
  'shop: operations',
  'shop: backups',
  'shop: agents',
  'shop: set-up',
  'Recover shop to an earlier moment',
  'Rehearse a recovery of shop',
  'Back up shop',
])('an administrator finds "%s"', (label) => {
  expect(open().labels(label)).toContain(label)
})

test('who looks on finds every page of the menu, and no act that is not theirs', () => {
  const { labels } = open({ grants: [everywhere('viewer')] })
  expect(labels('settings')).toEqual(expect.arrayContaining(['Settings: clusters', 'Settings: account']))
  expect(labels('switch over')).toEqual([])
  expect(labels('remove')).toEqual([])
  expect(labels('recover')).toEqual([])
  expect(labels('rehearse')).toEqual([])
})

test('the worst open incident of a cluster is found by what is wrong', () => {
  const worst = { number: 7, severity: 'critical', sentence: 'Nobody holds the lead.', acknowledgedBy: null } as const
  const { find, gone } = open({ rows: [rowOf('shop', { incidents: { open: 1, critical: 1, worst } })] })
  find('nobody holds')[0]?.run()
  expect(gone).toEqual(['/incidents/7'])
})

test('what is known to stand in the way is told', () => {
  const canOf = (): Capability[] => [
    { act: 'switchover', label: 'Switch over', isEnabled: false, reason: 'Nobody leads.' },
  ]
  const [entry] = open({ canOf }).find('switch over shop')
  expect(entry).toMatchObject({ isDisabled: true, note: 'Nobody leads.' })
})

test('the acts of the open page come first', () => {
  const acts = [{ label: 'Switch over', reason: null, run: () => undefined }]
  expect(open({ acts, cluster: 'shop' }).labels('switch over')[0]).toBe('Switch over')
})

test('every entry has a name of its own', () => {
  const ids = open({ cluster: 'shop' })
    .find('')
    .map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { liveTrafficOf } from '#domain/stack/live-traffic.ts'
import { madeLooked, madeMember, madeStack } from '#domain/testing/looked-made.ts'
import { madePool, madePooler } from '#domain/testing/pooler-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { layOut } from './lay-out.ts'
import { LiveLayer } from './live-layer.tsx'
import { LiveList } from './live-list.tsx'

const now = new Date('2026-11-26T06:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const names = snapshot.members.map(({ name }) => name)
const layout = layOut({ width: 826, names, hasHaproxy: true, poolers: new Set(names), reach: 2 })
const pooler = madeLooked(madePooler({ pools: [madePool({ serversActive: 18, clientsWaiting: 7 })] }), now)
const stack = madeStack(now, { members: names.map((name) => madeMember(name, { pooler })) })
const answers = { 'stack.traffic': () => ({ cluster: 'shop', traffic: liveTrafficOf(stack), serverNow: now }) }

function links(): string[] {
  return [...document.querySelectorAll('a')].map((link) => link.getAttribute('aria-label') ?? link.textContent)
}

test('each box of the drawing opens its page, from the clients down', async () => {
  await using page = await openPage({ page: <LiveLayer layout={layout} snapshot={snapshot} now={now} />, answers, now })
  await page.until(() => ['18 / 20 busy', '7 wait'].every((words) => page.text().includes(words)))
  expect(links()).toEqual([
    'HAProxy: open Traffic',
    ...names.map((name) => `pgBouncer on ${name}: open Pools`),
    ...names.map((name) => `Postgres on ${name}: open Postgres`),
  ])
})

test('on a phone each layer is a line', async () => {
  await using page = await openPage({ page: <LiveList snapshot={snapshot} now={now} />, answers, now })
  await page.until(() => page.text().includes('18 / 20 busy, 7 wait'))
  expect(links()).toEqual([...names, 'etcd'])
})

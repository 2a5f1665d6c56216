import { beforeEach, expect, test } from 'vitest'
import { bindSecrets } from '#domain/bound-secret.ts'
import { etcdUrls, haproxyStatisticsUrl, patroniUrls, scope } from '#lab/addresses.ts'
import { cutNode, freezeNode, joinNode, patronictl, thawNode, up } from '#lab/control.ts'
import { credentials } from '#lab/credentials.ts'
import { createLog } from '#server/log.ts'
import { createAccess } from './access.ts'
import { Board } from './board.ts'
import { discover } from './discover.ts'
import { startEtcdLoops } from './etcd-loops.ts'
import { createEnd } from './loop.ts'
import { startHaproxyLoop, startPoolerLoop, startPostgresLoop } from './side-loops.ts'
import { startMemberLoops, type Looking } from './sweep.ts'
import { clusterWith } from './testing.ts'

const log = createLog('test')
log.level = 'silent'

const endpoints = {
  patroniUrls,
  etcdUrls,
  haproxyUrl: haproxyStatisticsUrl,
  postgresUser: credentials.matriarch.user,
  poolerPort: 6432,
}
const secrets = bindSecrets({ 'postgres-password': credentials.matriarch.password }, { ...endpoints, haproxyUrl: null })

/** All looks at the lab, without a store behind them. */
function lookAtLab() {
  const ended = createEnd()
  const board = new Board(createAccess(clusterWith(endpoints, { scope }), secrets), new Date())
  const looking: Looking = {
    board,
    beatMs: () => 500,
    onReading: () => void board.revise(new Date()),
    clock: () => new Date(),
    signal: ended.signal,
    log,
  }
  for (const entry of board.entries.values()) {
    startMemberLoops(entry, looking, ended.signal, () => {})
    startPostgresLoop(entry, looking, ended.signal)
    startPoolerLoop(entry, looking, ended.signal)
  }
  startEtcdLoops(looking)
  startHaproxyLoop(looking)
  return {
    board,
    entries: () => [...board.entries.values()],
    leader: () => board.keys.seen.good?.value.leader,
    [Symbol.dispose]: () => ended.abort(),
  }
}

const patience = { timeout: 60_000, interval: 100 }

beforeEach(async () => void (await up()))

test('every system of a real cluster is understood', async () => {
  using look = lookAtLab()
  const { board } = look
  const slots = () => [
    ...look.entries().flatMap((entry) => [entry.status, entry.clusterView, entry.postgres, entry.pooler]),
    ...board.etcdEndpoints.map(({ status }) => status),
    board.keys,
    board.quorum,
    board.haproxy,
    board.config,
    board.history,
  ]
  // A single look may time out on a busy machine; the next one tells.
  const unseen = () => slots().filter((slot) => slot === null || slot.seen.good === null || slot.seen.problem !== null)
  await expect.poll(unseen, patience).toEqual([])
  expect(look.entries().map(({ name }) => name)).toEqual(['pg-node-1', 'pg-node-2', 'pg-node-3'])
  const writable = look.entries().filter((entry) => entry.postgres?.seen.good?.value.inRecovery === false)
  expect(writable.map(({ name }) => name)).toEqual([look.leader()])
})

test('a draft of the whole lab is discovered without an error', async () => {
  const draft = { ...endpoints, name: 'lab', labels: [], patroniUser: null, caPem: null, etcdUser: null }
  const more = { etcdNamespace: '/service', haproxyUser: null, postgresDatabase: 'postgres', secrets: {} }
  const found = await discover({ ...draft, ...more, patroniUrls: patroniUrls.slice(1, 2) }, secrets)
  expect(found.errors).toEqual([])
  expect(found.members.map(({ apiUrl }) => apiUrl)).toEqual(patroniUrls)
  expect(found.endpoints.map(({ problem }) => problem)).toEqual(found.endpoints.map(() => null))
})

test('a watch whose endpoint was unplugged goes on at another one and sees the next leader', async () => {
  using look = lookAtLab()
  await expect.poll(look.leader, patience).toBeTruthy()
  const before = look.leader()
  const { etcd } = look.board.access
  const watched = etcdUrls.indexOf(etcd?.current() ?? '') + 1
  await cutNode(`etcd-${watched}`)
  try {
    // A leader that used the same endpoint cannot write the wish at first, and says so; one that did after all is not to move it back.
    const move = async () => {
      if (look.leader() === before) await patronictl(['switchover', '--leader', String(before), '--force'])
      return look.leader() ?? before
    }
    await expect.poll(move, { timeout: 120_000, interval: 1_000 }).not.toBe(before)
    expect(etcd?.current()).not.toBe(etcdUrls[watched - 1])
    await expect.poll(() => look.board.quorum.seen.problem, patience).toBeNull()
  } finally {
    await joinNode(`etcd-${watched}`)
  }
})

test('a frozen member times out while the others are seen as often as before', async () => {
  using look = lookAtLab()
  await expect.poll(look.leader, patience).toBeTruthy()
  const frozen = look.entries().find(({ name }) => name !== look.leader())?.name ?? ''
  await freezeNode(frozen)
  const frozenAt = Date.now()
  try {
    const frozenEntry = look.entries().find(({ name }) => name === frozen)
    await expect.poll(() => frozenEntry?.status.seen.problem?.kind, patience).toBe('timeout')
    for (const entry of look.entries().filter(({ name }) => name !== frozen)) {
      expect(entry.status.seen.problem).toBeNull()
      // While the look at the frozen one hung.
      expect(entry.status.seen.good?.observedAt.getTime()).toBeGreaterThan(frozenAt)
    }
  } finally {
    await thawNode(frozen)
  }
  await expect.poll(() => look.entries().every(({ status }) => status.seen.problem === null), patience).toBe(true)
})

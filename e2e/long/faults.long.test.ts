import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { sql, startNode, stopNode } from '#lab/control.ts'
import { damageWal, hideWal, lockArchive, lockBackups, showAgain } from './repository-struck.ts'
import { ask, atTime, play, settle, untilStep } from './play.ts'
import { expectRows, setScene } from './scene.ts'

afterEach(showAgain)

test('no room in the repository for the new backup, then there is', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'archive-proof')
  lockBackups()
  const ended = await play(asked, [{ way: 'retry', says: /full backup/i, before: async () => showAgain() }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('WAL up to the target is missing, and the old cluster comes back', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), repository: 1, commitsAlone: true })
  await untilStep(asked, 'restore')
  hideWal(scene.at)
  const ended = await play(asked, [{ way: 'abandon', before: async () => showAgain() }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test('WAL up to the target is missing, is put back, and the recovery is made final', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), repository: 1 })
  await untilStep(asked, 'restore')
  hideWal(scene.at)
  const back = async () => showAgain()
  const ended = await play(asked, [{ way: 'move', target: atTime(scene.at), before: back }, { way: 'commit' }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('a WAL segment before the target is damaged, is mended, and the recovery is made final', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), repository: 1, commitsAlone: true })
  await untilStep(asked, 'restore')
  const says = new RegExp(damageWal(scene.at))
  const before = async () => showAgain()
  const ended = await play(asked, [{ way: 'move', target: atTime(scene.at), says, before }, { way: 'commit' }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('a damaged WAL segment is not taken for the end of the archive, and the old cluster comes back', async () => {
  const scene = await setScene()
  const asked = await ask({ target: { type: 'default', timeline: null }, repository: 1, commitsAlone: true })
  await untilStep(asked, 'restore')
  const says = new RegExp(damageWal(scene.at))
  const ended = await play(asked, [{ way: 'abandon', says, before: async () => showAgain() }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test('the repository takes no WAL, and does when that step is tried again', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), repository: 1, commitsAlone: true })
  await untilStep(asked, 'mask')
  lockArchive()
  const says = /until WAL segment [0-9A-F]{24} is in repository 1, in vain/
  const ended = await play(asked, [{ way: 'retry', says, before: async () => showAgain() }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('a target that is never reached: it asks, and moves to one that is', async () => {
  const scene = await setScene()
  const [row] = await sql(scene.leader, 'select txid_current() + 1000000 as xid')
  const target = { type: 'xid', value: String(row?.['xid']), set: null, timeline: null, at: new Date() } as const
  const asked = await ask({ target, commitsAlone: true })
  const ended = await play(asked, [{ way: 'move', target: atTime(scene.at) }, { way: 'commit' }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('S3 is away while everything is archived, and comes back', async () => {
  const scene = await setScene({ repository: 2 })
  const asked = await ask({ target: atTime(scene.at), repository: 2, commitsAlone: true })
  await untilStep(asked, 'fence')
  await stopNode('s3')
  await sleep(20_000)
  await startNode('s3')
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('S3 is away during the restore, and that step is tried again', async () => {
  const scene = await setScene({ repository: 2 })
  const asked = await ask({ target: atTime(scene.at), repository: 2, commitsAlone: true })
  await untilStep(asked, 'clear-dcs')
  await stopNode('s3')
  const ended = await play(asked, [{ way: 'retry', before: () => startNode('s3') }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

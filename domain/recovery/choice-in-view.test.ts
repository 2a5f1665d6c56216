import { expect, test } from 'vitest'
import { choiceInView } from './choice-in-view.ts'
import { minute } from '#domain/testing/backup-made.ts'
import { hour, lasting, madeView } from '#domain/testing/restore-case.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'

const world = healthyWorld(hour)
const leaderless: World = {
  ...world,
  leader: null,
  members: world.members.map((member) => ({ ...member, postgres: 'standby', streamsFrom: null })),
}

function choose(minutes: number, change: Partial<Parameters<typeof choiceInView>[0]> = {}) {
  return choiceInView({
    snapshot: lasting(leaderless),
    backups: madeView(),
    target: { type: 'time', at: minute(minutes), timeline: null },
    repository: null,
    archivesFirst: false,
    now: hour,
    ...change,
  })
}

test('nobody who leads archives more, only what was archived before it was stopped counts', () => {
  expect(choose(30, { archivesFirst: true })).toMatchObject({ kind: 'refused', nearestAt: minute(10) })
  const archivedTo = { timeline: 4, lsn: null, at: minute(40) }
  expect(choose(30, { archivedTo })).toMatchObject({ kind: 'chosen', targetTimeline: 4, warnings: [] })
  expect(choose(50, { archivedTo })).toMatchObject({ kind: 'refused', nearestAt: minute(40) })
  expect(choose(9, { archivedTo })).toMatchObject({ kind: 'chosen' })
})

test('a listing that is newer than that mark is gone by', () => {
  expect(choose(9.5, { archivedTo: { timeline: 4, lsn: null, at: minute(9) } })).toMatchObject({ kind: 'chosen' })
})

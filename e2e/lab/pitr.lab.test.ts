import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { restoreResultOf } from '#domain/operation/operation.ts'
import { sql } from '#lab/control.ts'
import { paths } from '#lab/paths.ts'
import { ask, atTime, play, settle } from '../long/play.ts'
import { expectRows, setScene } from '../long/scene.ts'
import { until } from '../until.ts'
import { look, timelineOf } from './watched-lab.ts'

const slowly = { timeout: 900_000 }

test(
  'rows that were deleted after the target are back on every member, and rows written after it are gone',
  slowly,
  async () => {
    const scene = await setScene()
    await sql('haproxy', `delete from landmark where scene = '${scene.name}'`)
    const before = timelineOf(await look())
    const check = `select note from landmark where scene = '${scene.name}'`
    const asked = await ask({ target: atTime(scene.at), check })
    const ended = await play(asked, [{ way: 'commit', says: /^Recovery stopped before commit/ }])
    expect(ended).toMatchObject({ state: 'succeeded' })
    const result = restoreResultOf(ended.result)
    expect(result).toMatchObject({
      ended: 'committed',
      timelineBefore: before,
      attempts: [{ isOnTarget: true, check: { rows: [['before']], problem: null } }],
      members: [{ timeline: before + 1 }, { timeline: before + 1 }, { timeline: before + 1 }],
    })
    expect(result?.newBackup).not.toBeNull()
    expect(result?.archivedWal?.slice(0, 8)).toBe((before + 1).toString(16).toUpperCase().padStart(8, '0'))
    await expectRows(scene, ['before'])
    await settle(ended)
  },
)

test(
  'a recovery that is looked at and abandoned leaves all as it was, and nothing of it in the archive',
  slowly,
  async () => {
    const scene = await setScene()
    const before = timelineOf(await look())
    const ended = await play(await ask({ target: atTime(scene.at) }), [{ way: 'abandon' }])
    expect(ended).toMatchObject({ state: 'cancelled' })
    expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned', keptAside: [] })
    await expectRows(scene, ['before', 'after'])
    // The old leader begins a timeline of its own, as after any restart of a whole cluster; the recovery's never came there.
    const after = timelineOf(await look())
    expect(after).toBe(before + 1)
    await until({ what: 'its history is archived', timeoutMs: 120_000 }, async () =>
      historiesInArchive().includes(after),
    )
    expect(historiesInArchive().filter((timeline) => timeline > before)).toEqual([after])
  },
)

function historiesInArchive(): number[] {
  const archive = join(paths.repository(), 'archive', 'main')
  return readdirSync(archive, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const [, timeline] = /([0-9A-F]{8})\.history/.exec(file) ?? []
    return timeline === undefined ? [] : [Number.parseInt(timeline, 16)]
  })
}

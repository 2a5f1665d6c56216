import { expect, test } from 'vitest'
import { restoreResultOf } from '#domain/operation/operation.ts'
import { ask, atTime, play, settle } from '../long/play.ts'
import { expectRows, setScene } from '../long/scene.ts'

test(
  'a cluster goes back to a moment from a backup and WAL in S3, without anybody looking',
  { timeout: 900_000 },
  async () => {
    const scene = await setScene({ repository: 2 })
    const ended = await play(await ask({ target: atTime(scene.at), repository: 2, commitsAlone: true }))
    expect(ended).toMatchObject({ state: 'succeeded' })
    expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'committed', repository: 2 })
    await expectRows(scene, ['before'])
    await settle(ended)
  },
)

import { afterEach, expect, test } from 'vitest'
import { isBackupResult } from '#domain/operation/operation.ts'
import { inside } from '#lab/namespace.ts'
import { nodeNamed } from '#lab/names.ts'
import { pgbackrest } from '#lab/pgbackrest.ts'
import { run } from '#lab/run.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll } from '../lab/enrolled-lab.ts'
import { healLab, leaderOf, rest } from '../lab/watched-lab.ts'
import { until } from '../until.ts'
import { forgetServer, letReplicasReach } from './backup-server.ts'
import { ask, atTime, play, settle } from './play.ts'
import { expectRows, setScene } from './scene.ts'

afterEach(forgetServer)

test('a backup is taken from a standby, is listed on the leader, and a recovery begins from it', async () => {
  await healLab()
  await enrolAll()
  const leader = nodeNamed(leaderOf(await healLab()))
  await letReplicasReach(leader)
  const wish = { type: 'full', reason: 'from a standby', fromStandby: true, repository: 1 } as const
  const { id } = await rest.takeBackup(labClusterName, wish)
  const ended = await rest.untilLongEnded(id)
  expect(ended).toMatchObject({ state: 'succeeded', plan: { fromStandby: true, leader }, result: { type: 'full' } })
  expect(ended.plan).not.toMatchObject({ node: leader })
  if (ended.result === null || !isBackupResult(ended.result)) throw new Error('The backup has no result.')
  const { label } = ended.result
  expect(await listOn(leader)).toContain(`"label":"${label}"`)
  await forgetServer()

  const scene = await setScene({ hasBackup: true })
  const wanted = { target: atTime(scene.at), repository: 1, commitsAlone: true }
  await until({ what: 'the plan takes the new backup', timeoutMs: 120_000, everyMs: 1_000 }, async () => {
    const { set } = await rest.planRestore(labClusterName, wanted)
    return set === label
  })
  const recovered = await play(await ask(wanted))
  expect(recovered).toMatchObject({ state: 'succeeded', plan: { set: label } })
  await expectRows(scene, ['before'])
  await settle(recovered)
})

async function listOn(node: ReturnType<typeof nodeNamed>): Promise<string> {
  const { command, env } = pgbackrest(node, '--output=json', 'info')
  return run(inside(node, command, 'postgres'), { env })
}

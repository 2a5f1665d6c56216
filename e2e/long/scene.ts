import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { isBackupResult } from '#domain/operation/operation.ts'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll } from '../lab/enrolled-lab.ts'
import { healLab, leaderOf, rest } from '../lab/watched-lab.ts'
import { until } from '../until.ts'

/** A whole cluster with a row from before a moment and one from after it. */
export interface Scene {
  name: string
  at: Date
  leader: string
}

const apartMs = 1_500

/** Heals the lab, sees to a backup, and writes the two rows; a moment of before needs no backup of its own. */
export async function setScene(given: { repository?: number; hasBackup?: boolean } = {}): Promise<Scene> {
  const { repository = 1, hasBackup = false } = given
  await healLab()
  await enrolAll()
  if (!hasBackup) await backUp(repository)
  const leader = leaderOf(await healLab())
  const name = `scene-${Date.now().toString(36)}`
  await sql('haproxy', 'create table if not exists landmark (scene text, note text, at timestamptz default now())')
  await write(name, 'before')
  await sleep(apartMs)
  const at = new Date()
  await sleep(apartMs)
  await write(name, 'after')
  return { name, at, leader }
}

/** Takes a full backup; gives its label. */
export async function backUp(repository: number): Promise<string> {
  const wish = { type: 'full', reason: 'to recover from', repository } as const
  const { id } = await rest.takeBackup(labClusterName, wish)
  const ended = await rest.untilLongEnded(id)
  expect(ended).toMatchObject({ state: 'succeeded' })
  if (ended.result === null || !isBackupResult(ended.result)) throw new Error('The backup has no result.')
  return ended.result.label
}

export async function write(scene: string, note: string): Promise<void> {
  await sql('haproxy', `insert into landmark (scene, note) values ('${scene}', '${note}')`)
}

/** Sees the scene's rows, no more and no fewer, on every member, all of them streaming. */
export async function expectRows({ name }: Pick<Scene, 'name'>, notes: string[]): Promise<void> {
  await healLab()
  const text = `select coalesce(string_agg(note, ' ' order by at), '') as notes from landmark where scene = '${name}'`
  for (const node of nodes) {
    const what = `${node} has the rows "${notes.join(' ')}" of ${name}`
    await until({ what, timeoutMs: 30_000, everyMs: 500 }, async () => {
      const [row] = await sql(node, text)
      if (row?.['notes'] === notes.join(' ')) return true
      throw new Error(`It has "${String(row?.['notes'])}".`)
    })
  }
}

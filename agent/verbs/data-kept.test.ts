import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keptData } from '#agent/protocol/results.ts'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { moveAside } from './data-folder.ts'
import { seeKept } from './data-kept.ts'
import { rehearsalPlace } from './rehearsal-place.ts'

const [one, other, third] = [
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '16fd2706-8baf-433b-82eb-8c7fada847da',
] as const

test('what is kept beside the data is told by its name, its age and its kind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-kept-'))
  const config = blankConfig(folder)
  const { dataFolder } = config.postgres
  await mkdir(dataFolder)
  expect(await seeKept(config)).toMatchObject({ aside: [], rehearsals: [] })
  await moveAside({ dataFolder, name: one })
  await moveAside({ dataFolder, name: other })
  await mkdir(rehearsalPlace(config, third).root)
  await writeFile(`${dataFolder}.matriarch-recovery.log`, '')
  await mkdir(`${dataFolder}.matriarch-x`)
  await writeFile(`${dataFolder}.matriarch-${third}`, 'no folder')
  const kept = keptData.parse(await seeKept(config))
  expect(kept.aside.map(({ name }) => name)).toEqual([one, other])
  expect(Date.now() - Date.parse(kept.aside[0]?.since ?? '')).toBeLessThan(60_000)
  expect(kept.rehearsals).toEqual([{ name: third, hasFile: false, isRunning: false }])
  expect(kept.freeBytes).toBeGreaterThan(0)
  expect(kept.place).toMatchObject({
    folder: dataFolder,
    linkedTo: null,
    obstacles: [expect.stringContaining("Postgres' configuration file was not found on alpha")],
  })
  await rm(dataFolder, { recursive: true })
  expect(keptData.parse(await seeKept(config)).place).toBeNull()
  await rm(folder, { recursive: true })
})

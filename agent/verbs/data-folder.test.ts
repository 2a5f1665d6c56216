import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { discard, moveAside, putBack } from './data-folder.ts'

const name = '0f8fad5b-d9cb-469f-a165-70867728950e'
const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7'

async function withData(body: (folder: string, dataFolder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-data-'))
  const dataFolder = join(folder, 'main')
  await mkdir(dataFolder)
  await writeFile(join(dataFolder, 'PG_VERSION'), '15\n')
  await body(folder, dataFolder)
  await rm(folder, { recursive: true })
}

test('data is set aside and put back, and each is found done when asked again', () =>
  withData(async (folder, dataFolder) => {
    await moveAside({ dataFolder, name })
    expect(await readdir(dataFolder)).toEqual([])
    await writeFile(join(dataFolder, 'restored'), '')
    expect(await moveAside({ dataFolder, name })).toContain('before')
    expect(await readdir(dataFolder)).toEqual(['restored'])
    await expect(putBack({ dataFolder, name })).rejects.toMatchObject({ code: 'conflict' })
    await moveAside({ dataFolder, name: other })
    await putBack({ dataFolder, name })
    expect(await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).toBe('15\n')
    expect(await putBack({ dataFolder, name })).toContain('before')
    expect((await readdir(folder)).toSorted()).toEqual(['main', `main.matriarch-${other}`])
  }))

test('only what was set aside is discarded, and what its links lead to stays', () =>
  withData(async (folder, dataFolder) => {
    const outside = join(folder, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'kept'), '')
    await symlink(outside, join(dataFolder, 'pg_wal'))
    await moveAside({ dataFolder, name })
    await discard({ dataFolder, name })
    expect(await discard({ dataFolder, name })).toContain('before')
    expect(await readdir(outside)).toEqual(['kept'])
    await symlink(outside, `${dataFolder}.matriarch-${other}`)
    await expect(discard({ dataFolder, name: other })).rejects.toMatchObject({ code: 'conflict' })
    await expect(discard({ dataFolder, name: '../outside' })).rejects.toMatchObject({ code: 'failed' })
    await expect(discard({ dataFolder: `${dataFolder}/../main`, name })).rejects.toMatchObject({ code: 'failed' })
    expect(await readdir(outside)).toEqual(['kept'])
  }))

test('nothing is put back where there is nothing', () =>
  withData(async (_, dataFolder) => {
    await rm(join(dataFolder, 'PG_VERSION'))
    await expect(putBack({ dataFolder, name })).rejects.toMatchObject({ code: 'not-found' })
  }))

test('a postmaster.pid whose process is gone, or another program, does not stand in the way', () =>
  withData(async (_, dataFolder) => {
    await writeFile(join(dataFolder, 'postmaster.pid'), `${process.pid}\n${dataFolder}\n`)
    await moveAside({ dataFolder, name })
    await writeFile(join(dataFolder, 'postmaster.pid'), '99999999\n')
    expect(await moveAside({ dataFolder, name: other })).toContain('is now')
  }))

import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seePlace } from './data-place.ts'

/** A folder that holds `main`, a data folder, and `outside`. */
async function withData(body: (folder: string, dataFolder: string) => Promise<void>): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'matriarch-place-')))
  const dataFolder = join(folder, 'main')
  await mkdir(join(dataFolder, 'pg_tblspc'), { recursive: true })
  await mkdir(join(folder, 'outside'))
  await body(folder, dataFolder)
  await rm(folder, { recursive: true })
}

test('data that lies whole in its folder', () =>
  withData(async (_, dataFolder) => {
    await mkdir(join(dataFolder, 'pg_wal'))
    // As developers of Postgres make them: in the data folder itself.
    await mkdir(join(dataFolder, 'pg_tblspc', '16384'))
    expect(await seePlace(dataFolder)).toEqual({
      folder: dataFolder,
      linkedTo: null,
      isMount: false,
      walPath: null,
      tablespaces: [],
      isParentWritable: true,
    })
  }))

test('tablespaces and WAL elsewhere are told with where they lead, even if nothing is there', () =>
  withData(async (folder, dataFolder) => {
    await symlink(join(folder, 'outside'), join(dataFolder, 'pg_wal'))
    await symlink('../../outside', join(dataFolder, 'pg_tblspc', '16385'))
    await symlink('/nowhere/slow', join(dataFolder, 'pg_tblspc', '16386'))
    const { walPath, tablespaces } = await seePlace(dataFolder)
    expect(walPath).toBe(join(folder, 'outside'))
    expect(tablespaces.toSorted((a, b) => a.oid.localeCompare(b.oid))).toEqual([
      { oid: '16385', path: join(folder, 'outside') },
      { oid: '16386', path: '/nowhere/slow' },
    ])
  }))

test('a data folder that is a link is told with the folder behind it, and that one is looked into', () =>
  withData(async (folder, dataFolder) => {
    const linked = join(folder, 'linked')
    await symlink('main', linked)
    await symlink(join(folder, 'outside'), join(dataFolder, 'pg_wal'))
    expect(await seePlace(linked)).toMatchObject({
      folder: linked,
      linkedTo: dataFolder,
      walPath: join(folder, 'outside'),
    })
  }))

test('a folder under a link is none itself', () =>
  withData(async (folder, dataFolder) => {
    await symlink(folder, join(folder, 'outside', 'up'))
    expect(await seePlace(join(folder, 'outside', 'up', 'main'))).toMatchObject({ linkedTo: null, isMount: false })
    expect(dataFolder).toContain(folder)
  }))

test('what is mounted is told', () =>
  withData(async (folder) => {
    expect(await seePlace('/proc')).toMatchObject({ linkedTo: null, isMount: true })
    await symlink('/proc', join(folder, 'linked'))
    expect(await seePlace(join(folder, 'linked'))).toMatchObject({ linkedTo: '/proc', isMount: true })
  }))

test('a folder above that may not be written is told', async () => {
  // Not even by root, whom the tests may run as.
  expect(await seePlace('/proc/sys/kernel/random')).toMatchObject({ isParentWritable: false })
})

test('where there is no data folder, nothing is told of it', () =>
  withData((folder) => expect(seePlace(join(folder, 'gone'))).rejects.toThrow('ENOENT')))

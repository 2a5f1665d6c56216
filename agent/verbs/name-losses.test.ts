import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LiveNames } from './live-relations.ts'
import { type Known, nameLoss, readDropped, unwrittenSentence, wantedFor } from './name-losses.ts'
import type { Loss } from './read-wal.ts'

const loss: Loss = {
  xid: '1',
  at: '',
  lsn: '0/1',
  kind: 'delete',
  locked: [],
  files: ['5/16400'],
  made: [],
  rows: [],
  databases: [],
  deletedRows: 2_000,
}
const live: LiveNames = {
  databases: new Map([['5', 'shop']]),
  schemas: new Map([['5/2200', 'public']]),
  relations: [{ database: '5', oid: 16390, file: 16444, name: 'public.orders', kind: 'r' }],
}
const known = (more: Partial<Known> = {}): Known => ({ losses: [loss], dropped: new Map(), live, ...more })

test('rows are told to be deleted from the table whose file it is', () => {
  expect(nameLoss({ ...loss, files: ['5/16444'] }, known())).toEqual(['shop.public.orders'])
})

test('a table that was truncated since is known by the file that took the place of the old one', () => {
  const truncated: Loss = { ...loss, kind: 'truncate', made: ['5/16444', '5/16446'], files: ['5/16400', '5/16403'] }
  expect(nameLoss(loss, known({ losses: [loss, truncated] }))).toEqual(['shop.public.orders'])
  expect(nameLoss(truncated, known({ losses: [loss, truncated] }))).toEqual(['shop.public.orders'])
})

test('a dropped table is named by the row that the catalog had of it', () => {
  const dropped: Loss = { ...loss, kind: 'drop', locked: ['5/16400'], deletedRows: 0 }
  const row = { oid: 16400, name: 'gone', namespace: 2200, file: 16400, kind: 'r' }
  const index = { ...row, oid: 16402, name: 'gone_pkey', file: 16402, kind: 'i' }
  const rows = [index, { ...row, namespace: 3300 }, row].map((one) => ({ database: '5', row: one }))
  expect(nameLoss(dropped, known({ dropped: new Map([[dropped, rows]]) }))).toEqual([
    'shop.schema 3300.gone',
    'shop.public.gone',
  ])
  expect(nameLoss(dropped, known())).toEqual(['relation 16400'])
  expect(nameLoss({ ...dropped, databases: ['77'] }, known())).toEqual(['database 77'])
})

test('names are asked for by database', () => {
  expect(wantedFor([{ ...loss, made: ['6/1'], locked: ['5/3'] }])).toEqual([
    { database: '5', numbers: [16400, 3] },
    { database: '6', numbers: [1] },
  ])
})

test('a name that the disk does not have yet is told from one that it has no more', async () => {
  const page = readFileSync(new URL('fixtures/pg-class-page.bin', import.meta.url))
  const writtenTo = page.readUInt32LE(4)
  await using folder = await catalogOf(page)
  const at = (item: number, block = 0) => [{ database: '5', file: '1259', block, item }]
  const drop = { ...loss, kind: 'drop' as const, lsn: `0/${(writtenTo + 8).toString(16)}` }
  const younger: Loss = { ...drop, locked: ['5/16500'], rows: at(90) }
  const beyond: Loss = { ...drop, locked: ['5/16501'], rows: at(1, 7) }
  const cleared: Loss = { ...drop, locked: ['5/16502'], rows: at(90), lsn: '0/1' }
  const all = [younger, beyond, cleared]
  const onDisk = await readDropped({ dataFolder: folder.path, majorVersion: 15 }, all)
  expect([...onDisk.unwritten]).toEqual([younger, beyond])
  const seen = { ...known({ losses: all }), ...onDisk }
  expect(unwrittenSentence([younger, cleared], seen, 'pg-node-2')).toBe(
    'Relation 16500 is named by its number: it was created or changed since the last checkpoint, so its name is not on the disk of pg-node-2 yet. After a CHECKPOINT on the leader, and then there, look again.',
  )
  expect(unwrittenSentence(all, seen, 'pg-node-2')).toMatch(
    /^Relation 16500 and relation 16501 are named by their numbers: they were created .* so their names are not/,
  )
  expect(unwrittenSentence([cleared], seen, 'pg-node-2')).toBeNull()
})

async function catalogOf(page: Buffer) {
  const path = await mkdtemp(join(tmpdir(), 'matriarch-catalog-'))
  await mkdir(join(path, 'base/5'), { recursive: true })
  await writeFile(join(path, 'base/5/1259'), page)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

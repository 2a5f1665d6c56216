import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { parseLsn } from '#domain/lsn.ts'
import { sql } from '#lab/control.ts'
import { backUp, type Scene } from './scene.ts'

/** A target, and the scene's rows that are there once it is reached; what is written after this was called comes later. */
export interface Aimed {
  target: RecoveryTarget
  rows: string[]
  /** False where the target is the end of all, and nothing can come later. */
  isBeforeLater: boolean
}

const asWritten = { rows: ['before', 'after'], isBeforeLater: true }

/** Every kind of target but a moment, made to lie between the rows of a scene and a later one. */
export const targetKinds: [kind: string, aim: (scene: Scene) => Promise<Aimed>][] = [
  ['a WAL position', atPosition],
  ['a named restore point', atRestorePoint],
  ['a transaction, with what it wrote', afterTransaction],
  ['just before a transaction', beforeTransaction],
  ['the end of a backup', atEndOfBackup],
  ['the end of the archive', atEndOfArchive],
]

async function atPosition({ leader }: Scene): Promise<Aimed> {
  const lsn = parseLsn(await answer(leader, 'select pg_current_wal_lsn()::text as answer'))
  if (lsn === null) throw new Error('The leader tells no WAL position.')
  return { ...asWritten, target: { type: 'lsn', lsn, timeline: null } }
}

async function atRestorePoint({ name, leader }: Scene): Promise<Aimed> {
  const value = `point-of-${name}`
  await sql(leader, `select pg_create_restore_point('${value}')`)
  return { ...asWritten, target: { type: 'name', value, set: null, timeline: null, at: new Date() } }
}

async function afterTransaction(scene: Scene): Promise<Aimed> {
  return { target: await transactionIn(scene), rows: ['before', 'after', 'in-it'], isBeforeLater: true }
}

async function beforeTransaction(scene: Scene): Promise<Aimed> {
  return { ...asWritten, target: { ...(await transactionIn(scene)), isExclusive: true } }
}

async function atEndOfBackup(): Promise<Aimed> {
  return { ...asWritten, target: { type: 'immediate', set: await backUp(1) } }
}

async function atEndOfArchive(): Promise<Aimed> {
  return { target: { type: 'default', timeline: null }, rows: ['before', 'after'], isBeforeLater: false }
}

async function transactionIn({ name }: Scene): Promise<Extract<RecoveryTarget, { type: 'xid' }>> {
  const insert = `insert into landmark (scene, note) values ('${name}', 'in-it') returning txid_current() as answer`
  return { type: 'xid', value: await answer('haproxy', insert), set: null, timeline: null, at: new Date() }
}

async function answer(host: string, statement: string): Promise<string> {
  const [row] = await sql(host, statement)
  return String(row?.['answer'])
}

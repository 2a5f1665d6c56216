import { parseLsn } from '#domain/lsn.ts'
import { capital, listNames } from '#domain/words.ts'
import { type ClassRow, readDroppedRow } from './dropped-tables.ts'
import type { LiveNames, LiveRelation, Wanted } from './live-relations.ts'
import type { Loss } from './read-wal.ts'

/** Rows of pg_class that were deleted, by the transaction that deleted them; only those that are certainly the ones. */
export type DroppedRows = Map<Loss, { database: string; row: ClassRow }[]>

/** What the catalog on disk tells of what was dropped. */
export interface DroppedOnDisk {
  dropped: DroppedRows
  /** Losses of which a row is not found on a page that was last written before them: it may still be in memory alone. */
  unwritten: Set<Loss>
}

/** Looks for the catalog's rows of what was dropped. */
export async function readDropped(
  from: { dataFolder: string; majorVersion: number },
  losses: readonly Loss[],
): Promise<DroppedOnDisk> {
  const dropped: DroppedRows = new Map()
  const unwritten = new Set<Loss>()
  for (const loss of losses) {
    const numbers = new Set([...loss.files, ...loss.locked])
    for (const place of loss.rows.slice(0, mostRelations * 5)) {
      const seen = await readDroppedRow(from, place)
      if (seen === null) continue
      const { row, writtenTo } = seen
      const isIt = row !== null && [row.oid, row.file].some((number) => numbers.has(`${place.database}/${number}`))
      if (isIt) dropped.set(loss, [...(dropped.get(loss) ?? []), { database: place.database, row }])
      else if (writtenTo < (parseLsn(loss.lsn) ?? 0)) unwritten.add(loss)
    }
  }
  return { dropped, unwritten }
}

/** The numbers that these losses are to be named by. */
export function wantedFor(losses: readonly Loss[]): Wanted[] {
  const wanted = new Map<string, Set<number>>()
  for (const { files, made, locked, rows } of losses) {
    for (const { database } of rows) wanted.set(database, wanted.get(database) ?? new Set())
    for (const name of [...files, ...made, ...locked]) {
      const [database = '', number = ''] = name.split('/')
      wanted.set(database, (wanted.get(database) ?? new Set()).add(Number(number)))
    }
  }
  return [...wanted].map(([database, numbers]) => ({ database, numbers: [...numbers] }))
}

/** What relations are named by. */
export interface Known {
  losses: readonly Loss[]
  dropped: DroppedRows
  live: LiveNames
}

/** What a loss took away or took from, as `database.schema.table`; a number where nothing knows the name any more. */
export function nameLoss(loss: Loss, known: Known): string[] {
  const names = new Set(
    loss.kind === 'drop'
      ? [...loss.databases.map((number) => `database ${number}`), ...droppedNames(loss, known)]
      : tableNames(loss, known),
  )
  if (names.size === 0) names.add(`relation ${(loss.locked[0] ?? loss.files[0] ?? '?').split('/')[1] ?? '?'}`)
  const all = [...names]
  const rest = all.length - mostRelations
  return rest > 0 ? [...all.slice(0, mostRelations), `and ${rest} more`] : all
}

/** Why dropped relations are named by their numbers, where that is because their names are not on this node's disk yet; null where it is not. */
export function unwrittenSentence(losses: readonly Loss[], known: Known & DroppedOnDisk, node: string): string | null {
  const unnamed = losses.filter((loss) => known.unwritten.has(loss) && droppedNames(loss, known).length === 0)
  const names = [...new Set(unnamed.flatMap((loss) => nameLoss(loss, known)))]
  if (names.length === 0) return null
  const which = names.length > 3 ? `${names.length} dropped relations` : capital(listNames(names))
  const [is, it] =
    names.length === 1
      ? ['is named by its number: it was', 'its name is']
      : ['are named by their numbers: they were', 'their names are']
  return `${which} ${is} created or changed since the last checkpoint, so ${it} not on the disk of ${node} yet. After a CHECKPOINT on the leader, and then there, look again.`
}

function droppedNames(loss: Loss, { dropped, live }: Known): string[] {
  return (dropped.get(loss) ?? [])
    .map((gone) => droppedRelation(gone, live))
    .filter(({ kind }) => tableKinds.has(kind))
    .map((relation) => nameOf(relation, live))
}

function tableNames(loss: Loss, known: Known): string[] {
  const isTruncate = loss.kind === 'truncate'
  const files = isTruncate ? [...loss.made, ...loss.files] : loss.files
  const found = files.flatMap((name) => relationAt(name, known))
  // A table without a file of its own, as a partitioned one, is known by its lock.
  const parents = isTruncate ? loss.locked.flatMap((name) => numbered(name, known.live, ['p'])) : []
  const tables = [...found, ...parents].filter(({ kind }) => tableKinds.has(kind))
  if (tables.length > 0 || isTruncate) return tables.map((one) => nameOf(one, known.live))
  return files.map((name) => `relation ${name.split('/')[1] ?? '?'}`)
}

/** The relation whose file it is or was. */
function relationAt(name: string, { losses, dropped, live }: Known): LiveRelation[] {
  const [database = '', number = ''] = name.split('/')
  const exact = live.relations.find((one) => one.database === database && one.file === Number(number))
  if (exact !== undefined) return [exact]
  for (const rows of dropped.values()) {
    const gone = rows.find((one) => one.database === database && one.row.file === Number(number))
    if (gone !== undefined) return [droppedRelation(gone, live)]
  }
  // The file that it had before it was truncated, as the only table of that transaction.
  const later = losses.find((loss) => loss.kind === 'truncate' && loss.files.includes(name))
  const since =
    later?.made.flatMap((file) => live.relations.filter((one) => `${one.database}/${one.file}` === file)) ?? []
  const tables = since.filter(({ kind }) => tableKinds.has(kind))
  if (tables.length === 1) return tables
  // A relation's first file is named by the relation's own number.
  return numbered(name, live, [...tableKinds])
}

function numbered(name: string, live: LiveNames, kinds: readonly string[]): LiveRelation[] {
  return live.relations.filter((one) => `${one.database}/${one.oid}` === name && kinds.includes(one.kind))
}

function droppedRelation({ database, row }: { database: string; row: ClassRow }, live: LiveNames): LiveRelation {
  // A schema that is gone as well is known by its number alone.
  const schema = live.schemas.get(`${database}/${row.namespace}`) ?? `schema ${row.namespace}`
  return { database, oid: row.oid, file: row.file, name: `${schema}.${row.name}`, kind: row.kind }
}

function nameOf({ database, name }: LiveRelation, live: LiveNames): string {
  return `${live.databases.get(database) ?? `database ${database}`}.${name}`
}

/** Tables, partitioned ones and materialized views. */
const tableKinds = new Set(['r', 'p', 'm'])
const mostRelations = 20

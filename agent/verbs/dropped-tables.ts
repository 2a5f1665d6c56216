import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode } from '#agent/durable.ts'
import type { CatalogRow } from './transaction-so-far.ts'

/** What a row of pg_class says of a relation. */
export interface ClassRow {
  oid: number
  name: string
  namespace: number
  file: number
  kind: string
}

/** A row as the page on disk has it. */
export interface RowOnDisk {
  /** Null where there is none in its place. */
  row: ClassRow | null
  /** The last WAL that the page on disk knows of, bytes: pages are written at checkpoints, and what came later is in memory alone. */
  writtenTo: number
}

/**
 * The row of a dropped relation: until its place is used anew, the catalog's file still holds it, though no query sees it any more. Null where there is no
 * such file; what is found must be checked by its number, as another row may be in its place.
 */
export async function readDroppedRow(
  { dataFolder, majorVersion }: { dataFolder: string; majorVersion: number },
  row: CatalogRow,
): Promise<RowOnDisk | null> {
  const page = await pageOf(join(dataFolder, 'base', row.database, row.file), row.block)
  if (page === null) return null
  // A catalog that has grown since is longer in memory than on disk.
  if (page.length < pageBytes) return { row: null, writtenTo: 0 }
  const writtenTo = page.readUInt32LE(0) * 2 ** 32 + page.readUInt32LE(4)
  return { row: readClassRow(page, row.item, majorVersion), writtenTo }
}

/** Shorter than a page where the file does not reach that far. */
async function pageOf(path: string, block: number): Promise<Buffer | null> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(pageBytes), 0, pageBytes, block * pageBytes)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** A row of pg_class by its place in a page of Postgres 12 or later, as a machine with the low byte first writes it. */
export function readClassRow(page: Buffer, item: number, majorVersion: number): ClassRow | null {
  const pointerAt = headerBytes + (item - 1) * 4
  if (item < 1 || pointerAt + 4 > page.readUInt16LE(12)) return null
  const pointer = page.readUInt32LE(pointerAt)
  const at = pointer & 0x7fff
  const isNormal = ((pointer >>> 15) & 3) === 1
  const length = pointer >>> 17
  if (!isNormal || at + length > page.length || length < 24) return null
  const start = at + page.readUInt8(at + 22)
  // Postgres 18 put one more number before it.
  const kindAt = majorVersion >= 18 ? 119 : 115
  if (start + kindAt + 1 > at + length) return null
  return {
    oid: page.readUInt32LE(start),
    name: page
      .subarray(start + 4, start + 68)
      .toString('utf8')
      .replace(/\0.*$/s, ''),
    namespace: page.readUInt32LE(start + 68),
    file: page.readUInt32LE(start + 88),
    kind: page.toString('latin1', start + kindAt, start + kindAt + 1),
  }
}

const pageBytes = 8192
const headerBytes = 24

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

/**
 * The row of a dropped relation: until its place is used anew, the catalog's file still holds it, though no query sees it any more. Null where it
 * cannot be found; what is found must be checked by its number, as another row may be in its place by now.
 */
export async function readDroppedRow(
  { dataFolder, majorVersion }: { dataFolder: string; majorVersion: number },
  row: CatalogRow,
): Promise<ClassRow | null> {
  const page = await pageOf(join(dataFolder, 'base', row.database, row.file), row.block)
  return page === null ? null : readClassRow(page, row.item, majorVersion)
}

async function pageOf(path: string, block: number): Promise<Buffer | null> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(pageBytes), 0, pageBytes, block * pageBytes)
      return bytesRead === pageBytes ? buffer : null
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

import { constants } from 'node:fs'
import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isCode } from '#agent/durable.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { LogBytes } from './log-bytes.ts'

/** A log that is open to be read. */
export interface OpenLog extends LogBytes {
  /** Ms since 1970. */
  changedAtMs: number
}

/** Opens a log for as long as it is used; a link is not followed. Throws RefusedError where it cannot be read. */
export async function withLog<T>(file: string, act: (log: OpenLog) => Promise<T>): Promise<T> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(refuse(file))
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new RefusedError('not-found', `${file} is no file: correct it in agent.toml.`)
    return await act({
      size: found.size,
      changedAtMs: found.mtimeMs,
      read: (offset, length) => readPart(handle, offset, Math.max(0, Math.min(length, found.size - offset))),
    })
  } finally {
    await handle.close()
  }
}

/**
 * The files that a log was before it was rotated, the newest first, of those that were written to since a moment (ms since 1970): beside
 * it, named as logrotate and Python do (`.1`, `-20260301`). Compressed ones are not among them.
 */
export async function rotatedFiles(file: string, sinceMs: number): Promise<string[]> {
  const folder = dirname(file)
  const names = (await readdir(folder).catch(() => [])).filter((name) => isRotated(name, basename(file)))
  const dated = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return {
        path,
        atMs: await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      }
    }),
  )
  return dated
    .filter(({ atMs }) => atMs >= sinceMs)
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, mostFiles)
    .map(({ path }) => path)
}

/** Says why a path cannot be read. */
export function refuse(path: string): (cause: unknown) => never {
  return (cause) => {
    const why = isCode(cause, 'ELOOP') ? 'it is a link, and links are not followed' : String(cause)
    throw new RefusedError('not-found', `${path} cannot be read by Postgres' user: ${why}.`, { cause })
  }
}

const mostFiles = 3

function isRotated(name: string, of: string): boolean {
  return name.startsWith(of) && /^(?:\.\d{1,3}|[-.]\d{8}(?:-?\d{1,10})?)$/.test(name.slice(of.length))
}

async function readPart(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
  return buffer.subarray(0, bytesRead)
}

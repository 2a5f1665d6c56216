import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bytesOf } from './api.ts'
import { ApiProblem, UsageError } from './api-problem.ts'

/** Saves what the console hands over in a new file, and holds it against its size and checksum. Throws ApiProblem, and UsageError for a file that is there already. */
export async function saveFile(
  path: string,
  file: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<void> {
  const hash = createHash('sha256')
  let count = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      count += chunk.length
      done(null, chunk)
    },
  })
  // Data of a cluster: nobody else on this machine is to read it.
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(Readable.from(bytesOf(path)), counted, target)
  } catch (cause) {
    if (isThere(cause)) throw new UsageError(`${file} is there already; nothing was saved. Name another file.`)
    await rm(file, { force: true })
    if (cause instanceof ApiProblem) throw cause
    throw new ApiProblem(`The file broke off after ${count} of ${bytes} bytes. Fetch it again.`, {
      code: 'no-answer',
      cause,
    })
  }
  if (count === bytes && hash.digest('hex') === sha256) return
  await rm(file, { force: true })
  throw new ApiProblem('What came is not the file that the rehearsal made: its checksum differs.', { code: 'protocol' })
}

/** Saves a stream whose length nobody knows before its end in a new file; gives its bytes. Throws ApiProblem, and UsageError for a file that is there already. */
export async function saveStream(
  path: string,
  file: string,
  query: Record<string, string | undefined> = {},
): Promise<number> {
  let count = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      count += chunk.length
      done(null, chunk)
    },
  })
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(Readable.from(bytesOf(path, query)), counted, target)
    return count
  } catch (cause) {
    if (isThere(cause)) throw new UsageError(`${file} is there already; nothing was saved. Name another file.`)
    await rm(file, { force: true })
    if (cause instanceof ApiProblem) throw cause
    throw new ApiProblem(`It broke off after ${count} bytes, and nothing was kept. Export it again.`, {
      code: 'no-answer',
      cause,
    })
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { z } from 'zod'
import { readIfThere } from '#agent/durable.ts'
import type { filePart } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { fileFacts } from './rehearsal-dump.ts'
import { rehearsalPlace } from './rehearsal-place.ts'

/** One part of what was taken out of a rehearsal; empty at its end. */
export async function rehearsalFetch(
  { config }: Pick<Machine, 'config'>,
  { name, offset }: { name: string; offset: number },
): Promise<z.output<typeof filePart>> {
  const place = rehearsalPlace(config, name)
  const facts = await readIfThere(place.fileFacts)
  if (facts === null) {
    throw new RefusedError(
      'not-found',
      `Nothing is kept of the rehearsal ${name} on this node: it was let go, or never taken out.`,
    )
  }
  const { bytes, sha256 } = fileFacts.parse(JSON.parse(facts))
  const file = await open(place.file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes, offset)
    return { offset, base64: buffer.subarray(0, bytesRead).toString('base64'), totalBytes: bytes, sha256 }
  } finally {
    await file.close()
  }
}

const partBytes = 512 * 1024

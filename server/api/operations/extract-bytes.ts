import { extractPartBytes, type ExtractPart, type ExtractPartQuestion } from '#domain/rehearsal/extract-part.ts'
import { fromJson } from '#domain/json.ts'
import { AppError } from '#server/errors.ts'
import { ask } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'
import type { ExtractFile } from './take-extract.ts'

/** Asked for at the same time: the way through the store takes longer than the bytes. */
const partsAhead = 4
const partWithinMs = 45_000

/** The bytes of an extract in order, asked for through the workers piece by piece; throws AppError where a piece does not come or is of another file. */
export async function* extractBytes(store: Store, file: ExtractFile, askedBy: string): AsyncGenerator<Uint8Array> {
  const pending: Promise<Uint8Array>[] = []
  let next = 0
  const fill = () => {
    while (pending.length < partsAhead && (next < file.bytes || next === 0)) {
      const part = partAt(store, file, { offset: next, askedBy })
      // It is waited for in its turn; until then nobody hears of its failure.
      part.catch(() => {})
      pending.push(part)
      next += extractPartBytes
    }
  }
  for (fill(); pending.length > 0; fill()) {
    const part = await pending.shift()
    if (part && part.length > 0) yield part
  }
}

async function partAt(
  store: Store,
  file: ExtractFile,
  { offset, askedBy }: { offset: number; askedBy: string },
): Promise<Uint8Array> {
  const { clusterId, node, name, bytes, sha256 } = file
  const input: ExtractPartQuestion = { clusterId, node, name, offset }
  const answer = await ask(store, { kind: 'extract-part', input, sealed: null, askedBy }, partWithinMs)
  const part = fromJson<ExtractPart>(answer)
  const piece = Buffer.from(part.base64, 'base64')
  const isWhole = piece.length === Math.min(extractPartBytes, bytes - offset)
  if (part.totalBytes === bytes && part.sha256 === sha256 && part.offset === offset && isWhole) return piece
  throw new AppError(
    'protocol',
    `The file on ${node} is not the one that the rehearsal made: it was changed or replaced.`,
  )
}

import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import {
  checkExport,
  type ExportChecks,
  type ExportProof,
  type KeptCheckpoint,
} from '#domain/audit-chain/check-export.ts'
import { parseCheckpoint } from '#domain/audit-chain/checkpoint.ts'
import { UsageError } from './api-problem.ts'

/** Proves an export from files alone, and holds it against what nodes kept. Throws UsageError for a file that cannot be read. */
export async function proveExport(
  file: string,
  { witnesses, publicKey }: { witnesses: readonly string[]; publicKey: string | null },
): Promise<ExportProof> {
  const witnessed = (await Promise.all(witnesses.map(readWitness))).flat()
  const input = createReadStream(file)
  const lines = createInterface({ input, crlfDelay: Infinity })
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (cause) => reject(new UsageError(`${file} cannot be read: ${cause.message}`)))
  })
  return Promise.race([checkExport(lines, { witnessed, publicKey }, checks), failed])
}

async function readWitness(file: string): Promise<KeptCheckpoint[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${String(cause)}`)
  })
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const checkpoint = parseCheckpoint(line)
      if (checkpoint === null) throw new UsageError(`Line ${at + 1} of ${file} is no checkpoint.`)
      return { ...checkpoint, by: file }
    })
}

const checks: ExportChecks = {
  fingerprintOf: (publicKey) =>
    `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64').replace(/=+$/, '')}`,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  isSigned(text, signature, publicKey) {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
      return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    } catch {
      return false
    }
  },
}

import type { ChainEnd } from './link.ts'

/** How far the audit chain had come at a moment, signed by the workers: whoever holds one can tell a chain that was cut or made anew. */
export interface Checkpoint extends ChainEnd {
  /** ISO 8601, UTC. */
  at: string
  /** Base64 of the Ed25519 signature of `checkpointText`. */
  signature: string
}

/** What is signed of a checkpoint, to the byte. */
export function checkpointText({ seq, hash, at }: Omit<Checkpoint, 'signature'>): string {
  return `matriarch audit checkpoint\n${seq}\n${hash}\n${at}\n`
}

/** Reads a checkpoint from a line of JSON; null for anything else. */
export function parseCheckpoint(line: string): Checkpoint | null {
  try {
    return asCheckpoint(JSON.parse(line))
  } catch {
    return null
  }
}

/** A checkpoint out of parsed JSON; null for anything else. */
export function asCheckpoint(value: unknown): Checkpoint | null {
  if (typeof value !== 'object' || value === null) return null
  const { seq, hash, at, signature }: Partial<Record<string, unknown>> = { ...value }
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return null
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return null
  if (typeof at !== 'string' || typeof signature !== 'string') return null
  return { seq, hash, at, signature }
}

import { asCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { ChainLink } from './link.ts'

/** First line of an export: what it is, and with which key its checkpoints are signed (base64 of the SPKI form; null = no worker has run). */
export interface ExportHead {
  matriarch: 'audit'
  version: 1
  exportedAt: string
  publicKey: string | null
  /** False where only some records were asked for: those can be read, and not proven whole. */
  isWhole: boolean
}

export type ExportLine =
  | { kind: 'head'; head: ExportHead }
  | { kind: 'link'; link: ChainLink }
  | { kind: 'checkpoint'; checkpoint: Checkpoint }

/** A record as one line of JSON, with the canonical text in it to the byte, as it was hashed. */
export function linkLine({ canonical, previousHash, hash }: Omit<ChainLink, 'seq'>): string {
  return `${linkOpening}${previousHash}${linkMiddle}${hash}${linkLast}${canonical}}`
}

export function checkpointLine(checkpoint: Checkpoint): string {
  return JSON.stringify({ checkpoint })
}

/** Reads a line of an export; null for what is none. A record's number is what its text says. */
export function parseExportLine(line: string): ExportLine | null {
  if (line.startsWith(linkOpening)) return parseLink(line)
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return null
    if ('checkpoint' in value) {
      const checkpoint = asCheckpoint(value.checkpoint)
      return checkpoint && { kind: 'checkpoint', checkpoint }
    }
    return isHead(value) ? { kind: 'head', head: value } : null
  } catch {
    return null
  }
}

const linkOpening = '{"previousHash":"'
const linkMiddle = '","hash":"'
const linkLast = '","record":'
const canonicalAt = linkOpening.length + 64 + linkMiddle.length + 64 + linkLast.length

function parseLink(line: string): ExportLine | null {
  const hashAt = linkOpening.length + 64 + linkMiddle.length
  const canonical = line.slice(canonicalAt, -1)
  const seq = seqOf(canonical)
  if (seq === null) return null
  const previousHash = line.slice(linkOpening.length, linkOpening.length + 64)
  const link = { seq, canonical, previousHash, hash: line.slice(hashAt, hashAt + 64) }
  return linkLine(link) === line ? { kind: 'link', link } : null
}

/** The text itself is proven by its hash; of what it says only the number is needed. */
function seqOf(canonical: string): number | null {
  // `at` and `seq` are the shortest keys, and so the first.
  const quick = /^\{"at": "[^"\\]{1,40}", "seq": ([1-9]\d{0,15}), /.exec(canonical)?.[1]
  if (quick !== undefined) return Number(quick)
  try {
    const record: unknown = JSON.parse(canonical)
    if (typeof record !== 'object' || record === null || !('seq' in record)) return null
    return typeof record.seq === 'number' ? record.seq : null
  } catch {
    return null
  }
}

function isHead(value: object): value is ExportHead {
  const head: Partial<Record<keyof ExportHead, unknown>> = value
  if (head.matriarch !== 'audit' || head.version !== 1 || typeof head.exportedAt !== 'string') return false
  return typeof head.isWhole === 'boolean' && (head.publicKey === null || typeof head.publicKey === 'string')
}

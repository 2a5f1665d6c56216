/** One record of the audit chain as it was hashed: `hash` = SHA-256 of the hash before it and the canonical text, in hexadecimal. */
export interface ChainLink {
  seq: number
  canonical: string
  previousHash: string
  hash: string
}

/** Where a chain stands after a record. */
export interface ChainEnd {
  seq: number
  hash: string
}

/** Before the first record. */
export const chainStart: ChainEnd = { seq: 0, hash: '0'.repeat(64) }

/** What the first bad record is, and why, in words that follow `record N is the first that is wrong;`. */
export interface ChainFault {
  firstBad: number
  why: string
}

/** What is wrong with a record that is to follow `before`; null where it does. `sha256` gives hexadecimal digits. */
export function linkFault(link: ChainLink, before: ChainEnd, sha256: (text: string) => string): ChainFault | null {
  const why = whyWrong(link, before, sha256)
  return why === null ? null : { firstBad: before.seq + 1, why }
}

function whyWrong(link: ChainLink, before: ChainEnd, sha256: (text: string) => string): string | null {
  if (link.seq !== before.seq + 1) return 'it is missing'
  if (link.previousHash !== before.hash) return 'it does not follow the record before it'
  return sha256(before.hash + link.canonical) === link.hash ? null : 'its hash does not match what it says'
}

/** The sentence for a chain that is not whole. */
export function brokenChainSentence({ firstBad, why }: ChainFault): string {
  return `The audit log is not whole: record ${firstBad} is the first that is wrong; ${why}.`
}

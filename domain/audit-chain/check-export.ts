import { AgainstCheckpoints } from './against-checkpoints.ts'
import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { type ExportHead, type ExportLine, parseExportLine } from './export-lines.ts'
import { brokenChainSentence, type ChainEnd, type ChainFault, chainStart, linkFault } from './link.ts'

/** `firstBad` null = the export can prove nothing, whatever its records are. */
export type ExportProof =
  | { ok: true; records: number; head: string; checkpoints: number; key: SigningKeyTold }
  | { ok: false; firstBad: number | null; sentence: string }

/** The key that its checkpoints are signed by, and from where that is known: where only the export says it, whoever made the export may have made it too. */
export interface SigningKeyTold {
  /** `SHA256:` and the hash of its SPKI form in base64; null = it names none. */
  fingerprint: string | null
  knownFrom: 'given key' | 'witness' | 'export'
}

export interface ExportChecks {
  /** In hexadecimal. */
  sha256: (text: string) => string
  /** Whether a base64 signature of the text is of this public key (base64 of its SPKI form). */
  isSigned: (text: string, signature: string, publicKey: string) => boolean
  /** `SHA256:` and the hash of a public key (base64 of its SPKI form) in base64, without padding. */
  fingerprintOf: (publicKey: string) => string
}

/** What is known from elsewhere than the export, and so cannot have been made to fit it. */
export interface ExportWitnesses {
  witnessed: readonly KeptCheckpoint[]
  /** The workers' public key, or its fingerprint, as noted down earlier; null = the export's own word is taken for it. */
  publicKey: string | null
}

/** `by`: who kept it, as told to people. */
export interface KeptCheckpoint extends Checkpoint {
  by: string
}

/** Proves an exported audit log whole, line by line and without the console, or names the first bad record. */
export async function checkExport(
  lines: AsyncIterable<string> | Iterable<string>,
  witnesses: ExportWitnesses,
  checks: ExportChecks,
): Promise<ExportProof> {
  let check: ExportCheck | null = null
  let n = 0
  for await (const text of lines) {
    n += 1
    const line = parseExportLine(text)
    if (check === null) {
      if (line?.kind !== 'head') return nothing('Its first line does not say that it is an export of the audit log.')
      const problem = headProblem(line.head, witnesses, checks)
      if (problem !== null) return nothing(problem)
      check = new ExportCheck(line.head.publicKey, witnesses, checks)
      continue
    }
    const fault = line === null ? check.unreadable(n) : check.take(line)
    if (fault !== null) return fault
  }
  return check === null ? nothing('It is empty.') : check.end()
}

function headProblem(
  { isWhole, publicKey }: ExportHead,
  { witnessed, publicKey: known }: ExportWitnesses,
  checks: ExportChecks,
): string | null {
  if (!isWhole) return 'It holds only some of the records: export all of them.'
  if (known !== null && !isKey(publicKey, known, checks))
    return 'Its checkpoints are signed by another key than the one given.'
  const forged = witnessed.find((each) => !isGenuine(each, publicKey, checks))
  return forged ? `The checkpoint of record ${forged.seq} that ${forged.by} kept is not signed by its key.` : null
}

function isKey(publicKey: string | null, known: string, { fingerprintOf }: ExportChecks): boolean {
  if (publicKey === null) return false
  return known.startsWith('SHA256:') ? known.replace(/=+$/, '') === fingerprintOf(publicKey) : known === publicKey
}

class ExportCheck {
  private last: ChainEnd = chainStart
  private readonly kept: AgainstCheckpoints
  private readonly publicKey: string | null
  private readonly knownFrom: SigningKeyTold['knownFrom']
  private readonly checks: ExportChecks
  private checkpoints: number

  constructor(publicKey: string | null, { witnessed, publicKey: known }: ExportWitnesses, checks: ExportChecks) {
    this.publicKey = publicKey
    this.checks = checks
    this.kept = new AgainstCheckpoints(witnessed)
    this.checkpoints = witnessed.length
    if (known !== null) this.knownFrom = 'given key'
    else this.knownFrom = witnessed.length > 0 ? 'witness' : 'export'
  }

  take(line: ExportLine): ExportProof | null {
    if (line.kind === 'link') {
      const { seq, hash } = line.link
      const fault = linkFault(line.link, this.last, this.checks.sha256) ?? this.kept.fault({ seq, hash })
      this.last = { seq, hash }
      return fault && broken(fault)
    }
    // The head is the first line, and checkpoints are told before the records that they are held against.
    if (line.kind === 'head' || this.last.seq > 0) return broken(this.faultAfter('a line that is no record follows'))
    if (!isGenuine(line.checkpoint, this.publicKey, this.checks))
      return nothing(`Its checkpoint of record ${line.checkpoint.seq} is not signed by its key.`)
    this.kept.add({ ...line.checkpoint, by: 'a checkpoint in the export' })
    this.checkpoints += 1
    return null
  }

  unreadable(n: number): ExportProof {
    return broken(this.faultAfter(`line ${n} of the export is no record`))
  }

  end(): ExportProof {
    const cut = this.kept.faultAtEnd(this.last)
    if (cut) return broken(cut)
    const fingerprint = this.publicKey && this.checks.fingerprintOf(this.publicKey)
    const key = { fingerprint, knownFrom: this.knownFrom }
    return { ok: true, records: this.last.seq, head: this.last.hash, checkpoints: this.checkpoints, key }
  }

  private faultAfter(why: string): ChainFault {
    return { firstBad: this.last.seq + 1, why }
  }
}

function isGenuine(checkpoint: Checkpoint, publicKey: string | null, { isSigned }: ExportChecks): boolean {
  return publicKey !== null && isSigned(checkpointText(checkpoint), checkpoint.signature, publicKey)
}

function broken(fault: ChainFault): ExportProof {
  return { ok: false, firstBad: fault.firstBad, sentence: brokenChainSentence(fault) }
}

function nothing(why: string): ExportProof {
  return { ok: false, firstBad: null, sentence: `The export proves nothing. ${why}` }
}

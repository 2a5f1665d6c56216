import type { ChainEnd, ChainFault } from './link.ts'

/** A checkpoint, and who kept it, in words: `pg-node-2`, `the store`. */
export interface Witnessed extends ChainEnd {
  by: string
}

/**
 * Holds a chain against what witnesses kept of it: asked for every record in order and once for the end. A chain that a witness saw
 * further than it now goes was cut; one that had another record there was made anew.
 */
export class AgainstCheckpoints {
  private readonly bySeq = new Map<number, Witnessed[]>()

  constructor(witnessed: readonly Witnessed[]) {
    for (const each of witnessed) this.add(each)
  }

  add(witnessed: Witnessed): void {
    this.bySeq.set(witnessed.seq, [...(this.bySeq.get(witnessed.seq) ?? []), witnessed])
  }

  fault(end: ChainEnd): ChainFault | null {
    const other = this.bySeq.get(end.seq)?.find(({ hash }) => hash !== end.hash)
    if (other === undefined) return null
    const from = this.lastAgreed(end.seq) + 1
    const why = `${other.by} kept another hash at record ${end.seq}: a record between ${from} and ${end.seq} was made anew`
    return { firstBad: from, why }
  }

  faultAtEnd(end: ChainEnd): ChainFault | null {
    const beyond = [...this.bySeq.values()].flat().filter(({ seq }) => seq > end.seq)
    const [furthest] = beyond.toSorted((a, b) => b.seq - a.seq)
    if (furthest === undefined) return null
    return {
      firstBad: end.seq + 1,
      why: `${furthest.by} saw the chain reach record ${furthest.seq}, so its end was cut off`,
    }
  }

  /** All up to there was so when it was witnessed; the first that differs lies behind it. */
  private lastAgreed(below: number): number {
    return Math.max(0, ...[...this.bySeq.keys()].filter((seq) => seq < below))
  }
}

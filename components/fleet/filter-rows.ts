import { verdictLooks } from '#components/cluster/verdict-mark.tsx'
import type { AgedRow } from '#domain/fleet/aged-row.ts'

/** The rows of a level, '' = any, in which every word is found: in name, label, verdict, sentence or a member's name. */
export function filterRows(rows: readonly AgedRow[], { search, level }: { search: string; level: string }): AgedRow[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean)
  return rows.filter((row) => {
    if (level !== '' && row.level !== level) return false
    if (words.length === 0) return true
    const said = saidOf(row)
    return words.every((word) => said.includes(word))
  })
}

function saidOf({ name, labels, level, sentence, members }: AgedRow): string {
  const parts = [name, ...labels, verdictLooks[level].word, sentence, ...members.map((member) => member.name)]
  return parts.join('\n').toLowerCase()
}

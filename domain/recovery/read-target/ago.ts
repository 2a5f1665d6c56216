/** How long before now something was, in ms: `10 minutes ago`, `2 h 30 min ago`, `an hour ago`; null where the text tells no such thing. */
export function readAgo(text: string): number | null {
  const lasting = /^(.+?)\s+(?:ago|before now|earlier)$/i.exec(text)?.[1] ?? /^-(\d+\s*[a-z]+)$/i.exec(text)?.[1]
  if (lasting === undefined) return null
  const plain = lasting
    .toLowerCase()
    .replace(/^half an hour$/, '30 min')
    .replaceAll(/\ban?\s+/g, '1 ')
    .replaceAll(/,|\band\b/g, ' ')
  const parts = [...plain.matchAll(partForm)]
  const rest = plain.replaceAll(partForm, '').trim()
  if (parts.length === 0 || rest !== '') return null
  return parts.reduce((sum, [, amount = '0', unit = '']) => sum + Number(amount) * (units.get(unit) ?? 0), 0)
}

const named: [string, number][] = [
  ['s sec secs second seconds', 1000],
  ['m min mins minute minutes', 60_000],
  ['h hr hrs hour hours', 3_600_000],
  ['d day days', 86_400_000],
  ['w week weeks', 604_800_000],
]

const units = new Map(named.flatMap(([words, ms]) => words.split(' ').map((word): [string, number] => [word, ms])))

/** Longest first, so that none is taken for the begin of another. */
const alternatives = [...units.keys()].toSorted((a, b) => b.length - a.length).join('|')
const partForm = new RegExp(`(\\d+(?:\\.\\d+)?)\\s*(${alternatives})\\b`, 'g')

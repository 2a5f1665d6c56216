/** An amount of a rule as a person writes it into a field: `5 min`, `64 MB`, `90 %`; exact, so that it is read back as it was. */
export function writeAmount(value: number, unit: string): string {
  if (unit === 'ratio') return `${trimmed(value * 100)} %`
  const scale = scales[unit]
  if (!scale) return trimmed(value)
  const [word, size] = scale.findLast(([, each]) => value !== 0 && Number.isInteger(value / each)) ?? scale[0]
  return `${trimmed(value / size)} ${word}`
}

/** Reads what a person wrote as an amount of that unit; a bare number is of the smallest. A fault says what would be understood. */
export function readAmount(text: string, unit: string): { value: number } | { fault: string } {
  const [, digits, word = ''] =
    /^\s*(-?\d+(?:\.\d+)?)\s*([a-z%]*)\s*$/iu.exec(text.replaceAll(/[\u202F\u00A0,]/gu, '')) ?? []
  if (digits === undefined) return { fault: `Must be an amount such as ${examples[unit] ?? '10'}.` }
  const amount = Number(digits)
  if (amount < 0) return { fault: 'Must not be below 0.' }
  if (unit === 'ratio') {
    if (word !== '' && word !== '%') return { fault: 'Must be in %.' }
    return amount > 100 ? { fault: 'Must be at most 100 %.' } : { value: amount / 100 }
  }
  const scale = scales[unit]
  if (!scale) return word === '' ? { value: amount } : { fault: 'Must be a number alone.' }
  const found = word === '' ? scale[0] : scale.find(([each]) => each.toLowerCase() === word.toLowerCase())
  if (!found) return { fault: `Must be in ${scale.map(([each]) => each).join(', ')}.` }
  return { value: amount * found[1] }
}

type Scale = readonly [readonly [string, number], ...(readonly [string, number])[]]

const scales: Record<string, Scale | undefined> = {
  seconds: [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['d', 86_400],
  ],
  ms: [
    ['ms', 1],
    ['s', 1000],
    ['min', 60_000],
  ],
  bytes: [
    ['B', 1],
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
    ['TB', 1e12],
    ['KiB', 1024],
    ['MiB', 1024 ** 2],
    ['GiB', 1024 ** 3],
  ],
}

const examples: Record<string, string | undefined> = { seconds: '5 min', ms: '500 ms', bytes: '64 MB', ratio: '90 %' }

function trimmed(value: number): string {
  return String(Math.round(value * 1e6) / 1e6)
}

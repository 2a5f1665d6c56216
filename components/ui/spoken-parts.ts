/** Cuts a sentence at the given names and at amounts with a unit. */
export function splitSpoken(sentence: string, names: readonly string[]): { text: string; isWhole: boolean }[] {
  const longestFirst = names.toSorted((one, other) => other.length - one.length).map(escapePattern)
  const pattern = new RegExp(
    `(${[...longestFirst.map((name) => `(?<![\\w.-])${name}(?![\\w-])`), amount].join('|')})`,
    'u',
  )
  return sentence
    .split(pattern)
    .map((text, index) => ({ text, isWhole: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

const amount = String.raw`(?<![\w.-])\d[\d.,]*\s(?:bytes?|[kMGTPE]?B|ms|s|min|h|d)(?![\w])(?:\s\d+\s(?:s|min|h)(?![\w]))?`

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`)
}

/** Quotes of a runbook that the console never says; "..." in a quote stands for what differs from case to case. */
export function unsaidQuotes(text: string, source: string): string[] {
  const spoken = plain(source)
  const quotes = [...proseOf(text).matchAll(/"([^"]+)"/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ' '))
  return quotes.filter((quote) => quote.split('...').some((part) => !spoken.includes(plain(part).trim())))
}

/** Names in bold, as of buttons, that nothing in the console bears; a sentence in bold and what is explained after a colon are none. */
export function unsaidNames(text: string, source: string): string[] {
  const spoken = plain(source)
  const bold = [...proseOf(text).matchAll(/\*\*([A-Z][^*]*)\*\*(?!:)/g)].map((match) => plain(match[1] ?? ''))
  const names = bold.filter((name) => name.split(' ').length <= longestName)
  return names.filter((name) => !labels.some(([before, after]) => spoken.includes(`${before}${name}${after}`)))
}

/** In words; what is longer is a sentence. */
const longestName = 4

/** What stands around a whole label: in JSX, on one line or more, and in strings. */
const labels = [
  ['>', '<'],
  ['> ', ' <'],
  ["'", "'"],
  ['"', '"'],
] as const

/** Without what is typed in a shell. */
function proseOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('    '))
    .join('\n')
}

/** Names and numbers are put into sentences where the source has `${...}`; quotes leave them out. */
function plain(text: string): string {
  return text.replaceAll("\\'", "'").replace(/\s+/g, ' ')
}

/** Quotes of a runbook that the console never says; "..." in a quote stands for what differs from case to case. */
export function unsaidQuotes(text: string, source: string): string[] {
  const spoken = plain(source)
  const prose = text.split('\n').filter((line) => !line.startsWith('    '))
  const quotes = [...prose.join('\n').matchAll(/"([^"]+)"/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ' '))
  return quotes.filter((quote) => quote.split('...').some((part) => !spoken.includes(plain(part).trim())))
}

/** Names and numbers are put into sentences where the source has `${...}`; quotes leave them out. */
function plain(text: string): string {
  return text.replaceAll("\\'", "'").replace(/\s+/g, ' ')
}

/** Text that somebody wrote, for a line of Markdown: nothing in it is taken for markup. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*[\]<>|]/g, String.raw`\$&`)
    .trim()
}

/** A table; cells are taken as plain text. Empty where there is no row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.map(plainText).join(' | ')} |`
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line), '']
}

/** A list with a name before each value; those that are null are left out. */
export function facts(entries: readonly (readonly [string, string | null])[]): string[] {
  const told = entries.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${plainText(value)}`]))
  return told.length === 0 ? [] : [...told, '']
}

/** Text kept as it is; the fence is longer than any in it. */
export function verbatim(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, text.trimEnd(), fence, '']
}

/** A part with its heading; left out where it is empty. */
export function part(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, '', ...lines]
}

/**
 * A cell of a table for spreadsheets (RFC 4180). They calculate what begins like a formula, also within quotes: an apostrophe makes it a text.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

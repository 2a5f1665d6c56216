/** A sentence for another system: connection strings lose their passwords, long ones their end. */
export function withoutSecrets(text: string, longest = 2_000): string {
  const clean = patterns
    .reduce((rest, [pattern, by]) => rest.replace(pattern, by), text)
    // No line of a message may be steered by what a cluster calls itself.
    .replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ')
  return shortened(clean, longest)
}

/** A text of at most so many characters (UTF-16), with an ellipsis where it was longer. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const value = String.raw`(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;}\]&]+)`
const patterns: [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, '$1:[hidden]@'],
  [
    new RegExp(String.raw`(\b[\w.-]*(?:password|passwd|passphrase|secret|token)["']?\s*[:=]\s*)${value}`, 'gi'),
    '$1[hidden]',
  ],
  [/(\bpassword\s+)'(?:[^']|'')*'/gi, '$1[hidden]'],
]

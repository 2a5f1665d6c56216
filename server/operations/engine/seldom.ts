/** Tells whether something that is said again and again should be said now: at most once a minute each. */
export function seldom(): (text: string) => boolean {
  const saidAt = new Map<string, number>()
  return (text) => {
    const now = performance.now()
    const last = saidAt.get(text)
    if (last !== undefined && now - last < minuteMs) return false
    // Texts that carry an id would pile up otherwise.
    if (saidAt.size >= mostTexts) saidAt.clear()
    saidAt.set(text, now)
    return true
  }
}

const minuteMs = 60_000
const mostTexts = 200

/** A moment as --target takes it, `2026-11-24 00:03:01.500000+00`: without an offset each side reads it in a zone of its own, and `T` or `Z` is refused. */
export function recoveryTimeText(at: Date): string {
  return `${at.toISOString().slice(0, 23).replace('T', ' ')}000+00`
}

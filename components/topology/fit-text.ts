/** A text cut to a width in pixels, given the width of one character; its middle goes, because names differ at both ends. */
export function fitText(text: string, widthPx: number, charPx: number): string {
  const room = Math.max(3, Math.floor(widthPx / charPx))
  if (text.length <= room) return text
  const head = Math.ceil((room - 1) / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (room - 1 - head))}`
}

/** The first of some wordings, longest first, that fits as it is; the last one is cut where none does. */
export function fitWording(wordings: readonly string[], widthPx: number, charPx: number): string {
  const fitting = wordings.find((wording) => wording.length * charPx <= widthPx)
  return fitting ?? fitText(wordings.at(-1) ?? '', widthPx, charPx)
}

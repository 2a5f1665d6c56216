/** How many colours lines have; none of them means a state, and gold is the leader's alone. */
export const colourCount = 5

/** The look of a line: colours come again with another dash. */
export interface LineLook {
  /** Place among the colours; null = the colour of text. */
  colour: number | null
  /** Lengths of strokes and gaps, px; empty = unbroken. */
  dash: number[]
}

/** Looks that can be told apart. */
export const mostLooks = 10

export function lineLook(place: number | null): LineLook {
  if (place === null) return { colour: null, dash: [] }
  return { colour: place % colourCount, dash: place % mostLooks >= colourCount ? [5, 3] : [] }
}

/** The colour for the style sheet. */
export function lineColour({ colour }: LineLook): string {
  return colour === null ? 'var(--text)' : `var(--series-${colour + 1})`
}

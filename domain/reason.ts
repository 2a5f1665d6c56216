/** How long the reason of an act is, in characters: long enough to say something, short enough to be read. */
export const reasonLength = { min: 3, max: 500 } as const

/** Something that stands out of a layer, worst first where several are listed. */
export interface Worry {
  tone: 'bad' | 'warn' | 'info'
  sentence: string
}

const order = { bad: 0, warn: 1, info: 2 } as const

/** Worries with the worst first; equals keep their order. */
export function worriesByTone(worries: readonly Worry[]): Worry[] {
  return worries.toSorted((one, other) => order[one.tone] - order[other.tone])
}

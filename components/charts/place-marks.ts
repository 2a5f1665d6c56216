/** Something that happened, to be drawn over what was measured. */
export interface ChartMark {
  key: string
  at: Date
  /** What, in a sentence. */
  sentence: string
  href: string
  weight: 'critical' | 'warning' | 'info' | 'act'
}

/** Marks that would stand on each other, drawn as one. */
export interface PlacedMark {
  /** Where from the left, 0 to 1. */
  place: number
  weight: ChartMark['weight']
  /** Oldest first; at least one. */
  marks: ChartMark[]
}

/** Places marks in a span; those closer than `closest` (a part of the whole, 0 to 1) to the first of a group join it. */
export function placeMarks(
  marks: readonly ChartMark[],
  { from, to }: { from: Date; to: Date },
  closest: number,
): PlacedMark[] {
  const lengthMs = to.getTime() - from.getTime()
  const placed: PlacedMark[] = []
  const inside = marks.filter(({ at }) => at >= from && at < to)
  for (const mark of inside.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const place = (mark.at.getTime() - from.getTime()) / lengthMs
    const near = placed.at(-1)
    if (near && place - near.place < closest) {
      near.marks.push(mark)
      if (weights.indexOf(mark.weight) < weights.indexOf(near.weight)) near.weight = mark.weight
    } else {
      placed.push({ place, weight: mark.weight, marks: [mark] })
    }
  }
  return placed
}

/** The gravest first. */
const weights: readonly ChartMark['weight'][] = ['critical', 'warning', 'act', 'info']

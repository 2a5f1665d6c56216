import { markSorts, type MarkSort } from './history-marks.ts'

/** The sorts that an address names; all where it names none. */
export function shownMarks(asked: string): readonly MarkSort[] {
  const named = asked.split(',')
  const shown = markSorts.filter((sort) => named.includes(sort))
  if (shown.length > 0) return shown
  return asked === noMarks ? [] : markSorts
}

const noMarks = 'none'

/** What the address says once one sort is taken in or out; '' = all are shown. */
export function toggledMarks(shown: readonly MarkSort[], sort: MarkSort): string {
  const next = markSorts.filter((each) => shown.includes(each) !== (each === sort))
  if (next.length === markSorts.length) return ''
  return next.length === 0 ? noMarks : next.join(',')
}

/** A day as somebody wrote it: fixed, or to be found from the present one. */
export type WrittenDay =
  | { kind: 'day'; year: number; month: number; day: number }
  /** Without a year: the last one that has it. */
  | { kind: 'of-year'; month: number; day: number }
  | { kind: 'days-ago'; days: number }
  /** 0 is Sunday; the last one before today. */
  | { kind: 'weekday'; weekday: number }

/** Reads a day; null where the text is none, a sentence where it may mean two. */
export function readDay(text: string): WrittenDay | { sentence: string } | null {
  const word = text.toLowerCase().replace(/^last\s+/, '')
  if (word === 'today') return { kind: 'days-ago', days: 0 }
  if (word === 'yesterday') return { kind: 'days-ago', days: 1 }
  const weekday = weekdays.findIndex((name) => name === word || name.slice(0, 3) === word)
  if (weekday >= 0) return { kind: 'weekday', weekday }
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(word) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(word)
  if (iso) return { kind: 'day', year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(word)
  if (dotted) return { kind: 'day', year: Number(dotted[3]), month: Number(dotted[2]), day: Number(dotted[1]) }
  if (/^\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\.?$/.test(word)) {
    return { sentence: `${text} can be read in more than one way. Write the day as 2026-11-25: year, month, day.` }
  }
  return namedMonth(word.replace(weekdayAhead, ''))
}

/** `25 Nov 2026`, `Nov 25, 2026`, `Nov 25`. */
function namedMonth(word: string): WrittenDay | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?$/.exec(word)
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?$/.exec(word)
  const [name, day, year] = dayFirst
    ? [dayFirst[2], dayFirst[1], dayFirst[3]]
    : [monthFirst?.[1], monthFirst?.[2], monthFirst?.[3]]
  if (name === undefined || day === undefined) return null
  const month = months.findIndex((each) => each === name || each.slice(0, 3) === name) + 1
  if (month === 0) return null
  return year === undefined
    ? { kind: 'of-year', month, day: Number(day) }
    : { kind: 'day', year: Number(year), month, day: Number(day) }
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const weekdayAhead = /^(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?\.?,?\s+(?=\S)/

const months = 'january february march april may june july august september october november december'.split(' ')

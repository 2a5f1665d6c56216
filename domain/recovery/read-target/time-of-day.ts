/** A time of day, as ms since the day began; `isCut` where it was written more finely than to the millisecond. */
export interface TimeOfDay {
  ms: number
  isCut: boolean
}

/** Reads a time of day: `14:03`, `14:03:07.5`, `2:03 pm`, `2pm`, `noon`; null where the text is none. */
export function readTimeOfDay(text: string): TimeOfDay | null {
  const word = text.toLowerCase().replace(/\s*o'clock$/, ':00')
  if (word === 'noon') return { ms: 12 * 3_600_000, isCut: false }
  const clock = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?\s*(am|pm)?$/.exec(word)
  const compact = /^(\d\d)([0-5]\d)([0-5]\d)?$/.exec(word)
  const hourOnly = /^(\d{1,2})\s*(am|pm)$/.exec(word)
  if (clock) return timeOf(clock[1], clock[2], clock[3], clock[4], clock[5])
  if (compact) return timeOf(compact[1], compact[2], compact[3])
  return hourOnly ? timeOf(hourOnly[1], '0', '0', '', hourOnly[2]) : null
}

function timeOf(hourText = '', minutes = '0', seconds = '0', fraction = '', half = ''): TimeOfDay | null {
  const hour = hourOf(Number(hourText), half)
  if (hour === null) return null
  const whole = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return { ms: whole + Number(fraction.slice(0, 3).padEnd(3, '0')), isCut: /[1-9]/.test(fraction.slice(3)) }
}

function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

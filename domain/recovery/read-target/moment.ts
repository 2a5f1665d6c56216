import { momentsOf, offsetText, wallClockAt, type WallClock } from '#domain/time-zone.ts'
import { readAgo } from './ago.ts'
import { readDay, type WrittenDay } from './date.ts'
import { readTimeOfDay, type TimeOfDay } from './time-of-day.ts'
import { splitZone } from './zone.ts'

/** A moment that was understood, in the zone it was read in, with what was assumed. */
export type ReadMoment = { at: Date; zone: string; assumed: string[] } | { sentence: string }

/** Reads a moment; null where the text is none at all. `zone` is where the person is, by its IANA name. */
export function readMoment(text: string, zone: string, now: Date): ReadMoment | null {
  if (/^now$/i.test(text)) return { at: now, zone, assumed: [] }
  const epoch = /^@(\d{9,10})(?:\.(\d{1,3})\d*)?$/.exec(text)
  if (epoch)
    return { at: new Date(Number(epoch[1]) * 1000 + Number((epoch[2] ?? '').padEnd(3, '0'))), zone, assumed: [] }
  const agoMs = readAgo(text)
  if (agoMs !== null) return { at: new Date(now.getTime() - agoMs), zone, assumed: [] }
  const split = splitZone(text.replace(printed, '$1 $2 $5 $3 $4').trim())
  if ('sentence' in split) return split
  const { rest } = split
  const own = split.zone ?? zone
  const written = splitDay(rest)
  if (written === null) return null
  if ('sentence' in written) return written
  return momentIn(written, own, now)
}

/** As the program date prints it: the year last. */
const printed = /^(?:[a-z]{3},? )?([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d)(?: (\S+))? (\d{4})$/i

interface Written {
  day: WrittenDay | null
  time: TimeOfDay
}

/** Tries every place at which a day may end and a time begin. */
function splitDay(text: string): Written | { sentence: string } | null {
  const alone = readTimeOfDay(text)
  if (alone !== null && !/^\d+$/.test(text)) return { day: null, time: alone }
  const day = readDay(text)
  if (day !== null) return 'sentence' in day ? day : { sentence: `Say the time of day too, such as ${text} 14:03.` }
  for (const { index, 0: gap } of text.matchAll(/(?:\s*,\s*|\s+at\s+|\s+|T|(?<=^\d{8})-)/gi)) {
    const time = readTimeOfDay(text.slice(index + gap.length))
    const before = time === null ? null : readDay(text.slice(0, index))
    if (time !== null && before !== null) return 'sentence' in before ? before : { day: before, time }
  }
  return null
}

function momentIn({ day, time }: Written, zone: string, now: Date): ReadMoment {
  const today = wallClockAt(now, zone)
  const found = wallOf(day, time, today)
  if ('sentence' in found) return found
  const [first, second] = momentsOf(found.wall, zone)
  if (first === undefined) return { sentence: skipped(found.wall, zone) }
  if (second !== undefined) return { sentence: twice(found.wall, [first, second], zone) }
  const cut = time.isCut ? ['It was cut to the millisecond.'] : []
  return { at: first, zone, assumed: [...found.assumed, ...cut] }
}

function wallOf(
  day: WrittenDay | null,
  time: TimeOfDay,
  today: WallClock,
): { wall: WallClock; assumed: string[] } | { sentence: string } {
  const on = (back: number): WallClock => new Date(Math.floor(today.getTime() / dayMs - back) * dayMs + time.ms)
  switch (day?.kind) {
    case undefined:
      return on(0) > today
        ? { wall: on(1), assumed: ['Today it is yet to come, so it was taken for yesterday.'] }
        : { wall: on(0), assumed: ['No day was given, so it was taken for today.'] }
    case 'days-ago':
      return { wall: on(day.days), assumed: [] }
    case 'weekday': {
      const back = (today.getUTCDay() - day.weekday + 7) % 7
      return { wall: on(back === 0 && on(0) > today ? 7 : back), assumed: [] }
    }
    case 'of-year': {
      const year = today.getUTCFullYear()
      const wall = calendar(year, day.month, day.day, time)
      if (wall !== null && wall <= today) return { wall, assumed: [] }
      const before = calendar(year - 1, day.month, day.day, time)
      if (before === null) return noSuchDay
      return { wall: before, assumed: [`No year was given, so it was taken for ${year - 1}.`] }
    }
    case 'day': {
      const wall = calendar(day.year, day.month, day.day, time)
      return wall === null ? noSuchDay : { wall, assumed: [] }
    }
  }
}

const dayMs = 86_400_000
const noSuchDay = { sentence: 'The calendar has no such day.' }

function calendar(year: number, month: number, day: number, { ms }: TimeOfDay): WallClock | null {
  const wall = new Date(Date.UTC(year, month - 1, day) + ms)
  return wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day ? wall : null
}

function skipped(wall: WallClock, zone: string): string {
  const shown = wall.toISOString().slice(0, 19).replace('T', ' ')
  return `${shown} never was in ${zone}: the clocks were put forward past it. Write the moment in UTC, or with its offset.`
}

function twice(wall: WallClock, moments: [Date, Date], zone: string): string {
  const shown = wall.toISOString().slice(0, 19).replace('T', ' ')
  const [first, second] = moments.map((at) => `${shown}${offsetText(at, zone)}`)
  return `${shown} was twice in ${zone}, for the clocks were put back. Write ${first} for the first time or ${second} for the second.`
}

import { formatBytes, formatInstant } from '#domain/format.ts'
import { costOf, partsToGo, sumOf, type KeptLevel } from '#domain/samples/kept-level.ts'
import { daysInWords, lowerFirst, resolutionWords, type Retention } from '#domain/samples/retention.ts'

/** What a level takes on disk now, and what it will take once it is kept for so many days. */
export function costWords(level: KeptLevel, days: number): string {
  const now = `${formatBytes(level.bytes)} on disk now`
  const cost = costOf(level, days)
  if (cost === null) return `${now}. What more days take cannot be told before there are values.`
  return `${now}. ${daysInWords(days)} take about ${formatBytes(cost)}.`
}

/** What all levels take now, and once each is as old as it is kept. */
export function totalWords(levels: readonly KeptLevel[], retention: Retention): string {
  const taken = `All values take ${formatBytes(levels.reduce((sum, { bytes }) => sum + bytes, 0))} on disk now`
  const costs = levels.map((level) => costOf(level, retention[level.resolution]))
  const known = costs.flatMap((cost) => cost ?? [])
  if (known.length < costs.length) return `${taken}.`
  const full = formatBytes(known.reduce((sum, cost) => sum + cost, 0))
  return `${taken}, and about ${full} once they are as old as they are kept, with as many members as lately.`
}

/** What is deleted where levels are kept for fewer days than now, a sentence for each. */
export function deletionsOf(levels: readonly KeptLevel[], retention: Retention, now: Date): string[] {
  return levels.flatMap((level, index) => {
    const days = retention[level.resolution]
    return days < level.days ? [deletionWords(level, days, now), remainWords(levels[index + 1])].join(' ') : []
  })
}

function deletionWords(level: KeptLevel, days: number, now: Date): string {
  const rule = `${resolutionWords[level.resolution]}: values older than ${daysInWords(days)} are deleted within the hour, whole ${level.partition}s at once`
  const { since } = level
  const parts = partsToGo(level, days, now)
  const last = parts.at(-1)
  if (last === undefined || since === null || since >= last.to) return `${rule}. None is that old yet.`
  return `${rule}: now all before ${formatInstant(last.to)}, ${formatBytes(sumOf(parts))}.`
}

function remainWords(coarser: KeptLevel | undefined): string {
  if (coarser === undefined) return 'Nothing remains of what is older.'
  return `What is older is shown ${lowerFirst(resolutionWords[coarser.resolution])}.`
}

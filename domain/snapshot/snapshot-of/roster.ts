import { isAddressOf } from '#domain/snapshot/address.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { DcsPicture } from './picture.ts'

/** One line of the roster: a name with all that is known under it. */
export interface RosterEntry {
  name: string
  previous: MemberSnapshot | undefined
  reading: MemberReadings | undefined
}

/** How many members are kept: far more than a cluster has, so that no answer can fill the store with names. */
const mostMembers = 100

/** After this a member that is neither listed nor asked is forgotten. */
export const forgottenAfterMs = 30 * 86_400_000

/** The members known, sorted by name: those asked, those listed, and those of before. One that has gone stays for a month. */
export function rosterOf(
  previous: Snapshot | null,
  readings: ClusterReadings,
  picture: DcsPicture | null,
  now: Date,
): RosterEntry[] {
  const known = new Map((previous?.members ?? []).map((member) => [member.name, member]))
  const asked = new Map<string, MemberReadings>()
  for (const reading of readings.members) asked.set(reading.name, reading)
  const kept = [...known.values()]
    .filter((member) => !isOnlyAnAddress(member) && !isForgotten(member, now))
    .toSorted((a, b) => goneAtMs(b) - goneAtMs(a))
  const names = new Set([
    ...(picture?.leader ? [picture.leader] : []),
    ...asked.keys(),
    ...(picture?.members.keys() ?? []),
    ...kept.map(({ name }) => name),
  ])
  return [...names]
    .slice(0, mostMembers)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => ({ name, previous: known.get(name), reading: asked.get(name) }))
}

function isForgotten({ missingSince }: MemberSnapshot, now: Date): boolean {
  return missingSince !== null && now.getTime() - missingSince.getTime() > forgottenAfterMs
}

function goneAtMs({ missingSince }: MemberSnapshot): number {
  return missingSince?.getTime() ?? Number.POSITIVE_INFINITY
}

/** A line that never was more than an address being asked: dropped once nobody asks it under that name. */
function isOnlyAnAddress({ name, apiUrl, isListed, missingSince }: MemberSnapshot): boolean {
  return !isListed && missingSince === null && apiUrl !== null && isAddressOf(name, apiUrl)
}

import { isAddressOf } from '../address.ts'
import type { ClusterReadings, MemberReadings } from '../readings.ts'
import type { MemberSnapshot, Snapshot } from '../snapshot.ts'
import type { DcsPicture } from './picture.ts'

/** One line of the roster: a name with all that is known under it. */
export interface RosterEntry {
  name: string
  previous: MemberSnapshot | undefined
  reading: MemberReadings | undefined
}

/** Every member ever known, sorted by name: those of before, those listed, those asked. A member that has gone stays. */
export function rosterOf(
  previous: Snapshot | null,
  readings: ClusterReadings,
  picture: DcsPicture | null,
): RosterEntry[] {
  const known = new Map((previous?.members ?? []).map((member) => [member.name, member]))
  const asked = new Map<string, MemberReadings>()
  for (const reading of readings.members) asked.set(reading.name, reading)
  const names = new Set<string>(asked.keys())
  for (const name of picture?.members.keys() ?? []) names.add(name)
  if (picture?.leader) names.add(picture.leader)
  for (const member of known.values()) {
    if (!isOnlyAnAddress(member)) names.add(member.name)
  }
  return [...names]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => ({ name, previous: known.get(name), reading: asked.get(name) }))
}

/** A line that never was more than an address being asked: dropped once nobody asks it under that name. */
function isOnlyAnAddress({ name, apiUrl, isListed, missingSince }: MemberSnapshot): boolean {
  return !isListed && missingSince === null && apiUrl !== null && isAddressOf(name, apiUrl)
}

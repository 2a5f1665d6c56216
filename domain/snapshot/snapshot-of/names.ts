import { hostAndPort, isAddressOf } from '#domain/snapshot/address.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import type { DcsPicture } from './picture.ts'

/** Gives members that are still asked by address the names that the DCS knows them by; Patroni itself tells its name from 3.2 on only. */
export function nameMembers(readings: ClusterReadings, picture: DcsPicture | null): ClusterReadings {
  if (!picture) return readings
  return { ...readings, members: readings.members.map((reading) => ({ ...reading, name: nameOf(reading, picture) })) }
}

function nameOf({ name, apiUrl }: MemberReadings, picture: DcsPicture): string {
  if (picture.members.has(name) || !isAddressOf(name, apiUrl)) return name
  const address = hostAndPort(apiUrl)
  for (const member of picture.members.values()) {
    if (member.apiUrl !== null && hostAndPort(member.apiUrl) === address) return member.name
  }
  return name
}

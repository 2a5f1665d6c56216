import { formatBytes } from '#domain/format.ts'
import { largestExtractBytes } from './extract-part.ts'

/** What is worth knowing of an extract before it is taken, where all the data of the backup is more than the console hands over; null where it is not. */
export function extractMayStay(given: { node: string; folder: string | null; backupBytes: number }): string | null {
  const { node, folder, backupBytes } = given
  if (backupBytes <= largestExtractBytes) return null
  return `The console hands over a file of ${formatBytes(largestExtractBytes)} at most, and the backup holds ${formatBytes(backupBytes)}. A larger one lies on ${node} for you to copy from there, as ${pathOf(folder, '...')}.`
}

/** How to come by an extract that is too large to be handed over; null where the console does that. */
export function extractStays({ node, name, bytes }: { node: string; name: string; bytes: number }): string | null {
  if (bytes <= largestExtractBytes) return null
  return `It has ${formatBytes(bytes)}, and the console hands over ${formatBytes(largestExtractBytes)} at most: copy it from ${node}, as root or Postgres' user. It is ${pathOf(null, name)}, until it is let go.`
}

function pathOf(folder: string | null, name: string): string {
  const where = folder ?? '<data folder>'
  return `${where}.matriarch-rehearsal-${name}.dump, or under that name in the folder that [rehearsal] of agent.toml sets`
}

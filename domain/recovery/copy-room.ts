import { formatBytes } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'

/** A node that gets a new copy of the data, and the room it has for it. */
export interface CopyRoom {
  node: string
  /** Bytes; null = not told. */
  freeBytes: number | null
  /** About how much its old data takes, bytes, where that is deleted for the new copy; null = it is kept beside it. */
  givenUpBytes: number | null
  /** True where data that a recovery of before set aside takes room as well. */
  keepsOlder: boolean
}

/** Why a new copy of about `neededBytes` does not fit on these nodes; empty where it does, or where that is not known. */
export function copyRoomFaults(nodes: readonly CopyRoom[], neededBytes: number): string[] {
  return nodes.flatMap(({ node, freeBytes, givenUpBytes, keepsOlder }) => {
    if (freeBytes === null || freeBytes + (givenUpBytes ?? 0) >= neededBytes) return []
    const copy = `its new copy needs about ${formatBytes(neededBytes)}`
    const lack =
      givenUpBytes === null
        ? `, and ${copy} beside its old data, which is kept`
        : ` and gets about ${formatBytes(givenUpBytes)} once its old data is deleted, but ${copy}`
    const way = keepsOlder
      ? 'Let the data go that a recovery of before set aside there, or make room otherwise first.'
      : 'Make room there first.'
    return [`${node} has ${formatBytes(freeBytes)} free${lack}. ${way}`]
  })
}

/** Says of which nodes it is not known whether a new copy of about `neededBytes` fits; null where it is known of all. */
export function copyRoomUntold(nodes: readonly CopyRoom[], neededBytes: number): string | null {
  const untold = nodes.filter(({ freeBytes, givenUpBytes }) => freeBytes === null && (givenUpBytes ?? 0) < neededBytes)
  if (untold.length === 0) return null
  const [what, each] = untold.length === 1 ? ['a new copy', 'it needs'] : ['new copies', 'each needs']
  const beside = untold.every(({ givenUpBytes }) => givenUpBytes === null) ? ' beside the old data' : ''
  return `How much room is free on ${listNames(untold.map(({ node }) => node))} for ${what} is not known; ${each} about ${formatBytes(neededBytes)}${beside}.`
}

import { formatBytes } from '#domain/format.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { ReinitialisePlanning } from './planning.ts'

/** Size of the databases as a member last told it; null = not told. WAL, logs and temporary files come on top. */
export function databaseBytesOn(stack: StackView | null, member: string | null): number | null {
  const databases = stack?.members.find(({ name }) => name === member)?.postgres?.value?.databases ?? []
  const known = databases.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]))
  return known.length === 0 ? null : known.reduce((all, bytes) => all + bytes, 0)
}

/** How much is copied, and into how much room, in a sentence. */
export function amountSentence({ wish, leader, space }: ReinitialisePlanning): string {
  const { dataBytes, freeBytes } = space
  if (dataBytes === null) {
    return `How much data that is, is not told: the console has no SQL access to ${leader}, or has not read it yet.`
  }
  const room =
    freeBytes === null
      ? `How much room ${wish.member} has, no agent tells.`
      : `${wish.member} has ${formatBytes(freeBytes)} free, and what its old data took comes on top.`
  return `About ${formatBytes(dataBytes)} of databases are copied. ${room}`
}

/** Where the copy may not fit: the old data is deleted all the same. */
export function roomWarning({ wish, stack, leader, space }: ReinitialisePlanning): string[] {
  const { dataBytes, freeBytes } = space
  if (dataBytes === null || freeBytes === null || freeBytes >= dataBytes) return []
  const own = databaseBytesOn(stack, wish.member)
  if (own !== null && freeBytes + own >= dataBytes) return []
  const old = own === null ? 'how much its old data takes is not told' : `its old data took ${formatBytes(own)}`
  return [
    `The copy may not fit: ${wish.member} has ${formatBytes(freeBytes)} free, ${old}, and ${leader} holds ${formatBytes(dataBytes)}. Make room there first.`,
  ]
}

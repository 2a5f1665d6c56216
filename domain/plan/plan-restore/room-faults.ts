import { copyRoomFaults } from '#domain/recovery/copy-room.ts'
import { formatBytes } from '#domain/format.ts'
import { copiesOf } from './copies.ts'
import type { RestorePlanning } from './planning.ts'
import { lacksRoom } from './way-back.ts'

/**
 * What is known not to fit: the recovered data beside the old, and the copies that are made of it afterwards. A disk that runs full then leaves the
 * cluster without a standby, when nothing can be taken back any more.
 */
export function roomFaults(given: RestorePlanning): string[] {
  const { neededBytes } = given
  return [...besideFault(given), ...(neededBytes === null ? [] : copyRoomFaults(copiesOf(given), neededBytes))]
}

function besideFault(given: RestorePlanning): string[] {
  if (!lacksRoom(given)) return []
  const { node, freeBytes, neededBytes } = given
  return [
    `${node} has ${formatBytes(freeBytes ?? 0)} free, and the recovered data needs about ${formatBytes(neededBytes ?? 0)} beside the old. No replica follows that would keep the old data instead: make room first.`,
  ]
}

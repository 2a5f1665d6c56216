/**
 * Ids of the System V segments that killed postmasters left in the kernel. Line 7 of postmaster.pid is "key id"; the id
 * alone may by now be somebody else's, so the kernel's table must show it with that key and attached to nobody.
 */
export function abandonedSegments(pidFiles: readonly string[], table: string): number[] {
  const known = new Set(pidFiles.flatMap((text) => segmentName(text.split('\n')[6] ?? '') ?? []))
  return table.split('\n').flatMap((line) => {
    // proc(5), sysvipc/shm: key, shmid, perms, size, cpid, lpid, nattch.
    const [, key, id, , , , , attached] = /^\s*(-?\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(line) ?? []
    return attached === '0' && known.has(segmentName(`${key} ${id}`) ?? '') ? [Number(id)] : []
  })
}

/** Postgres prints the key as an unsigned long, the kernel as a signed int. */
function segmentName(keyAndId: string): string | null {
  const [, key, id] = /^\s*(-?\d+)\s+(\d+)\s*$/.exec(keyAndId) ?? []
  return key === undefined || id === undefined ? null : `${BigInt.asIntN(32, BigInt(key))} ${id}`
}

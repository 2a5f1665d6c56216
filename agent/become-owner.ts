import { statSync } from 'node:fs'

/**
 * Goes on as the user whom the state folder belongs to. `enroll` is run by root, the service is not: what root wrote, the
 * service could not read.
 */
export function becomeOwnerOf(folder: string): void {
  if (process.getuid?.() !== 0) return
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found || found.uid === 0) return
  process.setgroups?.([found.gid])
  process.setgid?.(found.gid)
  process.setuid?.(found.uid)
}

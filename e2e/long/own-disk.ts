import { chownSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import type { NodeName } from '#lab/addresses.ts'
import { startNode, stopNode } from '#lab/control.ts'
import { nodeNamed } from '#lab/names.ts'
import { hostFolder } from '#lab/paths.ts'
import { run } from '#lab/run.ts'

/** Bytes of a disk that lacks nothing; it takes memory only for what lies on it. */
export const ample = 4 * 1024 ** 3

let holder: NodeName | null = null

/** Moves all that a node has onto a disk of its own, in memory, whose room can be said. The node is down meanwhile. */
export async function giveOwnDisk(name: string): Promise<void> {
  const node = nodeNamed(name)
  const { folder, before } = foldersOf(node)
  if (existsSync(before))
    throw new Error(`${before} is left of a run that was cut short: umount ${folder} and take the lab down.`)
  await stopNode(node)
  holder = node
  const { uid, gid, mode } = statSync(folder)
  renameSync(folder, before)
  mkdirSync(folder)
  await run(['mount', '-t', 'tmpfs', '-o', `size=${ample},mode=${(mode & 0o777).toString(8)}`, 'tmpfs', folder])
  chownSync(folder, uid, gid)
  await run(['cp', '-a', `${before}/.`, folder], { timeoutMs: 120_000 })
  await startNode(node)
}

/** Makes its disk as large as what lies on it and this much more. */
export async function leaveRoom(name: string, bytes: number): Promise<void> {
  const { folder } = foldersOf(nodeNamed(name))
  const { blocks, bfree, bsize } = statfsSync(folder)
  const used = (blocks - bfree) * bsize
  await run(['mount', '-o', `remount,size=${used + Math.floor(bytes)}`, folder])
}

/** Moves what lies there back to the disk of all. */
export async function takeOwnDisk(): Promise<void> {
  if (holder === null) return
  const { folder, before, after } = foldersOf(holder)
  await stopNode(holder)
  if (isOwnDisk(folder)) {
    await run(['cp', '-a', `${folder}/.`, after], { timeoutMs: 120_000 })
    await run(['umount', folder])
    rmdirSync(folder)
    renameSync(after, folder)
  } else if (existsSync(before)) {
    // It was never mounted, and so nothing is newer than what was there.
    rmSync(folder, { recursive: true, force: true })
    renameSync(before, folder)
  }
  rmSync(before, { recursive: true, force: true })
  await startNode(holder)
  holder = null
}

function isOwnDisk(folder: string): boolean {
  return existsSync(folder) && statSync(folder).dev !== statSync(`${folder}/..`).dev
}

function foldersOf(node: NodeName) {
  const folder = hostFolder(node)
  return { folder, before: `${folder}.before`, after: `${folder}.after` }
}

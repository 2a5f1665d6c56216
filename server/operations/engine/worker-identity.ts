import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { identify, isAlive } from '#server/store/process-identity.ts'
import type { StoredWorker, WorkerIdentity } from '#server/store/workers.ts'
import { engine } from './queue.ts'

/** This process as a worker of the given name. */
export function identifySelf(executorId: string): WorkerIdentity {
  return {
    executorId,
    bootId: `${identify(process.pid)?.startedAt ?? 'unknown'}-${randomBytes(8).toString('hex')}`,
    pid: process.pid,
    host: placeOfPids(),
    applicationVersion: engine.applicationVersion,
  }
}

/** True when the process behind the row has certainly ended: it ran where we can look, and is not there any more. */
export function hasEnded(worker: StoredWorker, self: WorkerIdentity): boolean {
  if (worker.host !== self.host || worker.host.endsWith(unknownPlace)) return false
  const startedAt = worker.bootId.split('-')[0] ?? ''
  return !isAlive({ pid: worker.pid, startedAt })
}

const unknownPlace = '#'

// A pid means something within one boot of one machine and one process namespace: two containers may share a host name.
function placeOfPids(): string {
  const parts = [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    () => readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, ''),
  ]
  try {
    return `${hostname()}${unknownPlace}${parts.map((part) => part()).join('.')}`
  } catch {
    return `${hostname()}${unknownPlace}`
  }
}

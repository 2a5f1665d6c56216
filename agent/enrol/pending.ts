import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readText } from '#agent/state/read-text.ts'
import { writeDurable } from '#agent/durable.ts'

const pendingForm = z.strictObject({
  invitationId: z.uuid(),
  secret: z.string(),
  workerKeyId: z.string(),
  expiresAt: z.iso.datetime(),
  /** What became of it; null while the console is waited for. */
  outcome: z.strictObject({ kind: z.enum(['confirmed', 'refused']), sentence: z.string() }).nullable(),
  /** A console has come that is not the one that made the token; it was not heard. */
  hasSeenAnother: z.boolean().optional(),
})

/**
 * The invitation that this node waits with. It is a file because the process that was given the token and the one that
 * listens may be two: on a node whose service is up, the port is the service's, so `enroll` lays the invitation down
 * here, the service reads it when the console comes, and `enroll` reads here what became of it. No second port, no
 * restart, and nothing to watch while nobody enrols.
 */
export type Pending = z.output<typeof pendingForm>

/** The invitation laid down in this folder, whether or not it has expired; null for none. */
export async function readPending(folder: string): Promise<Pending | null> {
  const text = await readText(fileIn(folder))
  if (text === null) return null
  try {
    return pendingForm.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${fileIn(folder)} is damaged. Remove it and run matriarch-agent enroll again.`, { cause: error })
  }
}

/** Lays an invitation down in place of any other. */
export async function writePending(folder: string, pending: Pending): Promise<void> {
  await writeDurable(fileIn(folder), JSON.stringify(pending))
}

/** Takes the invitation away, its secret with it. */
export async function removePending(folder: string): Promise<void> {
  await unlink(fileIn(folder))
}

function fileIn(folder: string): string {
  return join(folder, 'pending-enrolment.json')
}

import { unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { CorruptStateError } from './corrupt-state-error.ts'
import { readText } from './read-text.ts'
import { syncFolder, writeDurable } from '#agent/durable.ts'

const enrolmentForm = z.strictObject({
  version: z.literal(1),
  agentId: z.uuid(),
  /** base64 of the SPKI form of the workers' key: whose word this agent takes, and nobody else's. */
  workerKey: z.string().min(1),
  invitationId: z.uuid(),
  enrolledAt: z.iso.datetime(),
  /** Drawn at each status answer. */
  counter: z.int().min(0),
  /** Highest fencing number seen. An agent belongs to one cluster, so there is one. */
  highestEpoch: z.int().min(0),
  /** Why this agent does nothing any more until it is enrolled anew; null while it may act. */
  locked: z.strictObject({ at: z.iso.datetime(), sentence: z.string() }).nullable(),
})

export type Enrolment = z.output<typeof enrolmentForm>

/** The console that this agent belongs to; null before it was enrolled. */
export async function readEnrolment(folder: string): Promise<Enrolment | null> {
  const file = fileIn(folder)
  const text = await readText(file)
  if (text === null) return null
  const parsed = enrolmentForm.safeParse(jsonOf(text))
  if (!parsed.success) throw new CorruptStateError(file, 'is damaged', { cause: parsed.error })
  return parsed.data
}

/** Writes it durably. */
export async function writeEnrolment(folder: string, enrolment: Enrolment): Promise<void> {
  await writeDurable(fileIn(folder), `${JSON.stringify(enrolment)}\n`)
}

/** Forgets the console: this agent obeys nobody until it is enrolled anew. */
export async function removeEnrolment(folder: string): Promise<void> {
  await unlink(fileIn(folder))
  await syncFolder(dirname(fileIn(folder)))
}

function fileIn(folder: string): string {
  return join(folder, 'enrolment.json')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

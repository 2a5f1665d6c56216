import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { readText } from '#agent/state/read-text.ts'
import { writeDurable } from '#agent/durable.ts'

/**
 * Lays down why `enroll` took no token, for the service: it alone is heard by the console. The last one stands for those
 * before it that were not taken up yet.
 */
export async function leaveRefusedToken(folder: string, sentence: string): Promise<void> {
  await writeDurable(fileIn(folder), sentence)
}

/** Takes up what `enroll` laid down; null when there is nothing. */
export async function takeRefusedToken(folder: string): Promise<string | null> {
  const sentence = await readText(fileIn(folder))
  if (sentence !== null) await unlink(fileIn(folder))
  return sentence
}

function fileIn(folder: string): string {
  return join(folder, 'refused-token')
}

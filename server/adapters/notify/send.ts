import type { Outcome } from '#domain/alerts/notify/outcome.ts'
import type { Message } from '#domain/alerts/notify/told.ts'
import { LookError } from '../look-error.ts'
import { OutOfReach } from '../reach/guard.ts'
import { sendEmail } from './send-email.ts'
import { sendOverHttp, type Receiver } from './send-http.ts'

/** Tells a message to a receiver, once; whatever came of it is an outcome. `deliveryId` is the same whenever it is told again. */
export async function send(receiver: Receiver, message: Message, deliveryId: number): Promise<Outcome> {
  const { settings } = receiver
  try {
    return settings.kind === 'email'
      ? await sendEmail({ ...receiver, settings }, message, deliveryId)
      : await sendOverHttp({ ...receiver, settings }, message)
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (error instanceof OutOfReach) return { kind: 'given-up', problem: error.message }
    return { kind: 'later', problem: error.message, retryAfterMs: null }
  }
}

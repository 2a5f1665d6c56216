import type { HttpAnswer } from '../http.ts'
import { notAsExpected } from '../json.ts'
import { LookError } from '../look-error.ts'
import { place, type Target } from '../target.ts'
import { errorSchema } from './wire.ts'

/** What an error of etcd's gateway means for a person. */
export function etcdProblem(answer: HttpAnswer, target: Target): LookError {
  const text = errorText(answer)
  if (text === null) return notAsExpected(target, `it answers with HTTP status ${answer.status}`)
  return wordedProblem(text, target)
}

/** The same from etcd's own words, as they come within a watch. */
export function wordedProblem(text: string, target: Target): LookError {
  const at = place(target)
  const quoted = isOfEtcd(text) ? ` ("${text}")` : ''
  if (/user name is empty|invalid auth token|authentication failed|password/i.test(text)) {
    return new LookError('unauthorized', `etcd ${at} does not accept the console's user and password${quoted}.`)
  }
  if (/permission denied/i.test(text)) {
    return new LookError(
      'unauthorized',
      `The console's etcd user may not do that with Patroni's keys ${at}: grant it read on the prefix, and write as well to recover in place.`,
    )
  }
  if (/no leader|timed out|timeout/i.test(text)) {
    return new LookError('timeout', `etcd ${at} has no leader it could ask${quoted}: it has lost its majority.`)
  }
  return new LookError('protocol', `etcd ${at} refused${isOfEtcd(text) ? `: ${text}` : ''}.`)
}

// Only what etcd is known to say is told: something else in its place may repeat what it was sent, or tell what is its own.
function isOfEtcd(text: string): boolean {
  return /^(etcdserver|etcdclient): [A-Za-z ,()'-]{1,120}$/.test(text)
}

/** True where the token was issued too long ago or before the users were changed: sign in again. */
export function isOldToken(answer: HttpAnswer): boolean {
  if (answer.status === 200) return false
  return answer.status === 401 || /invalid auth token|revision of auth store is old/i.test(errorText(answer) ?? '')
}

/** True where etcd knows no users at all, so that a password is not wrong but needless. */
export function wantsNoPassword(answer: HttpAnswer): boolean {
  return answer.status !== 200 && /authentication is not enabled/i.test(errorText(answer) ?? '')
}

function errorText({ body }: HttpAnswer): string | null {
  if (!body.trimStart().startsWith('{') || body.length > 10_000) return null
  try {
    const parsed = errorSchema.safeParse(JSON.parse(body)).data
    return parsed?.message ?? (typeof parsed?.error === 'string' ? parsed.error : null)
  } catch {
    return null
  }
}

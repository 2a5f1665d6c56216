import type { z } from 'zod'
import { LookError } from './look-error.ts'
import { place, type Target } from './target.ts'

/**
 * Parses and checks a JSON answer. A body that stops in the middle is a broken connection (Patroni sends no length),
 * everything else that does not fit is a protocol problem.
 */
export function parseJson<T>(body: string, schema: z.ZodType<T>, target: Target): T {
  const result = schema.safeParse(parseBounded(body, target))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'its answer' : `"${issue.path.slice(0, 4).join('.')}"`
  throw notAsExpected(target, `${where} is not of the expected kind`)
}

/** Something answers, but not what that system says. */
export function notAsExpected(target: Target, why: string): LookError {
  return new LookError('protocol', `Something answers ${place(target)}, but not as ${target.system} does: ${why}.`)
}

function parseBounded(body: string, target: Target): unknown {
  const start = body.trimStart()
  if (start === '') throw new LookError('empty-reply', `${target.who} gave an empty answer on ${target.address}.`)
  if (start.startsWith('<')) throw notAsExpected(target, 'it sends an HTML page')
  if (!start.startsWith('{') && !start.startsWith('[')) throw notAsExpected(target, 'it does not send JSON')
  const { deepest, isCutOff } = nesting(body)
  if (deepest > deepestAllowed) throw notAsExpected(target, 'its JSON is nested too deeply')
  if (isCutOff) {
    throw new LookError('unreachable', `The answer of ${target.who} on ${target.address} broke off in the middle.`)
  }
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new LookError('protocol', `Something answers ${place(target)}, but its JSON is malformed.`, { cause })
  }
}

const deepestAllowed = 40

/** How deep the brackets of a JSON text go and whether some are still open at its end; linear, without recursion. */
export function nesting(text: string): { deepest: number; isCutOff: boolean } {
  let depth = 0
  let deepest = 0
  let isInString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isInString) {
      if (code === backslash) i++
      else if (code === quote) isInString = false
    } else if (code === quote) isInString = true
    else if (code === openBrace || code === openBracket) deepest = Math.max(deepest, ++depth)
    else if (code === closeBrace || code === closeBracket) depth--
  }
  return { deepest, isCutOff: depth > 0 || isInString }
}

const quote = 34
const backslash = 92
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93

import type { LogForm } from './log-form.ts'
import { stampOf } from './stamp.ts'

/** How a line begins that has its time first (`start`, with what `stampOf` takes) and its level behind it (`levelled`); null where it does not. */
export function beginLine(line: string, start: RegExp, levelled: RegExp): ReturnType<LogForm['begin']> {
  const found = start.exec(line)
  const stamp = found && stampOf(found.slice(1))
  if (!stamp) return null
  const rest = line.slice(found[0].length)
  const [head, level] = levelled.exec(rest) ?? []
  return { stamp, level: level ?? null, message: head === undefined ? '' : rest.slice(head.length) }
}

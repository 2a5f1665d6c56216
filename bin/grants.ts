import { readGrant, type WrittenGrant } from '#domain/people/grant-text.ts'
import { UsageError } from './api-problem.ts'

/** Reads a right as typed; throws UsageError with how it is written. */
export function readGrantText(text: string): WrittenGrant {
  const grant = readGrant(text)
  if (grant) return grant
  throw new UsageError(
    `${text} is no right. Write a role alone, or with a place: viewer, operator@cluster:NAME, operator@label:TEXT.`,
  )
}

/** Gathers an option that may be given more than once. */
export function gather(text: string, before: string[] = []): string[] {
  return [...before, text]
}

import { z } from 'zod'
import { clean } from '../../clean-text.ts'

/** A word or line of Postgres's, safe to keep and to show; cut off rather than refused, for a command may be long. */
export const line = z.string().transform((text) => clean(text.slice(0, 2_000)))

/** A statement as somebody wrote it, with its line breaks. */
export const statement = z
  .string()
  .transform((text) => text.slice(0, 500).replace(/[^\P{Cc}\n\r\t]|\p{Surrogate}/gu, '\uFFFD'))

/** A moment as JSON of Postgres tells it; what no calendar knows, `infinity`, is null. */
export const moment = z.string().transform((text) => {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at
})

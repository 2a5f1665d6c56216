import { z } from 'zod'

/** A word from outside that is safe to store and show: no control characters, no broken surrogates, bounded. */
export const cleanText = z.string().max(400).transform(clean)

/** Replaces what Postgres's jsonb refuses (NUL, lone surrogates) and what would garble a line. */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]/gu, '\uFFFD')
}

/** A moment as pg_waldump tells it, UTC with microseconds, whether its zone is written or not; a Date holds no more than milliseconds. */
export function walMoment(text: string | null): Date | null {
  if (text === null) return null
  const at = new Date(
    `${text
      .trim()
      .replace(' ', 'T')
      .replace(/(Z|[+-]00(:?00)?| ?UTC)$/, '')}Z`,
  )
  return Number.isNaN(at.getTime()) ? null : at
}

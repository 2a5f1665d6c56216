/** How long a silence may last, as a list offers it; '' = until a moment of one's own. */
export const silenceLengths = [
  { value: '1800', label: '30 min' },
  { value: '3600', label: '1 h' },
  { value: '14400', label: '4 h' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '1 week' },
  { value: '', label: 'Until a moment' },
] as const

/** When a silence ends, and what is wrong with it; both null while nothing is chosen. */
export function silenceEnd(
  length: string,
  moment: Date | null,
  now: Date,
): { endsAt: Date | null; fault: string | null } {
  if (length !== '') return { endsAt: new Date(now.getTime() + Number(length) * 1000), fault: null }
  if (moment === null) return { endsAt: null, fault: null }
  if (moment <= now) return { endsAt: null, fault: 'This moment has passed: choose one that is ahead.' }
  if (moment.getTime() - now.getTime() > longestMs)
    return {
      endsAt: null,
      fault: 'A silence lasts 90 days at most: what nobody wants to hear of is better turned off in the rules.',
    }
  return { endsAt: moment, fault: null }
}

const longestMs = 90 * 86_400_000

import { lineColour, lineLook } from './line-look.ts'

interface LineSwatchProps {
  place: number
  /** In which points it led; those are gold. */
  led: readonly boolean[] | null
}

/** A piece of a line, as the chart draws it: part of it gold where it led for a part of the time. */
export function LineSwatch({ place, led }: LineSwatchProps) {
  const look = lineLook(place)
  const dash = look.dash.length === 0 ? undefined : look.dash.join(' ')
  const gold = goldFrom(led)
  return (
    <svg viewBox="0 0 14 4" aria-hidden="true" className="h-1 w-3.5 shrink-0" fill="none" strokeWidth="2">
      <path d="M0 2h14" stroke={lineColour(look)} strokeDasharray={dash} />
      {gold === null ? null : <path d={`M${gold} 2H14`} stroke="var(--lead)" />}
    </svg>
  )
}

function goldFrom(led: readonly boolean[] | null): number | null {
  if (!led?.includes(true)) return null
  return led.includes(false) ? 7 : 0
}

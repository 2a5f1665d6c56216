import { formatDuration } from '#domain/format.ts'

/** How long each phase took, as bars of one scale, one below the other. */
export function PhasesBars({ phases }: { phases: readonly { name: string; ms: number }[] }) {
  if (phases.length === 0) return null
  const longest = phases.reduce((most, { ms }) => Math.max(most, ms), 1)
  const totalMs = phases.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <section aria-label="How long each phase took" className="grid gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="font-medium">Phases</h3>
        <span className="text-sm text-muted">{formatDuration(totalMs)} in all</span>
      </div>
      <ol className="grid grid-cols-[minmax(0,3fr)_minmax(3rem,2fr)_auto] items-center gap-x-3 gap-y-1.5">
        {phases.map(({ name, ms }, index) => (
          // A phase may come again.
          <li key={index} className="col-span-3 grid grid-cols-subgrid items-center">
            <span className="break-words text-muted">{name}</span>
            <span aria-hidden="true" className="h-2 rounded-sm bg-raised print:border print:border-line">
              <span
                className="block h-full min-w-0.5 rounded-sm bg-muted"
                style={{ width: `${Math.max((ms / longest) * 100, 0.5)}%` }}
              />
            </span>
            <span className="text-right whitespace-nowrap" data-tip={`${Math.round(ms)} ms`}>
              {formatDuration(ms)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

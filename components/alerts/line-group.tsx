import { useId, type ReactNode } from 'react'

interface LineGroupProps {
  title: string
  count: number
  /** What it means to be in it. */
  hint?: string
  children: ReactNode
}

/** Lines of one kind below their heading; nothing where there are none. */
export function LineGroup({ title, count, hint, children }: LineGroupProps) {
  const id = useId()
  if (count === 0) return null
  return (
    <section aria-labelledby={id}>
      <div className="flex flex-wrap items-baseline gap-x-3 pb-1.5">
        <h2 id={id} className="font-semibold">
          {title} <span className="font-normal text-faint">{count}</span>
        </h2>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      {children}
    </section>
  )
}

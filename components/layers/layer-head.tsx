import type { ReactNode } from 'react'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import type { Worry } from '#domain/stack/worry.ts'

interface LayerHeadProps {
  sentence: string
  names: readonly string[]
  /** What stands out besides what the sentence says. */
  more: readonly Worry[]
  /** Acts on the whole layer. */
  children?: ReactNode
}

/** What a colleague would say of a layer, and what else stands out of it. */
export function LayerHead({ sentence, names, more, children }: LayerHeadProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="grid min-w-0 gap-2">
        <p className="max-w-prose text-lg tracking-[-0.01em] break-words">
          <Spoken sentence={sentence} names={names} isStrong={false} />
        </p>
        {more.length === 0 ? null : (
          <ul aria-label="What else stands out" className="grid gap-1">
            {more.map(({ tone, sentence: words }) => (
              <li key={words}>
                <StateMark tone={tone} className="items-start [&>svg]:mt-[3px]">
                  {words}
                </StateMark>
              </li>
            ))}
          </ul>
        )}
      </div>
      {children}
    </div>
  )
}

import { Card } from '#components/ui/card.tsx'

interface Differing {
  name: string
  values: readonly { member: string; words: string | null }[]
}

interface DifferingCardProps {
  title: string
  differing: readonly Differing[]
  /** Said where nothing differs; null = there is nothing to compare with. */
  alike: string | null
}

/** What the members of one cluster do not have alike. */
export function DifferingCard({ title, differing, alike }: DifferingCardProps) {
  if (differing.length === 0 && alike === null) return null
  return (
    <Card title={title} aside={differing.length === 0 ? null : 'what differs'}>
      <DifferingList differing={differing} alike={alike} />
    </Card>
  )
}

export function DifferingList({ differing, alike }: Omit<DifferingCardProps, 'title'>) {
  if (differing.length === 0) return alike === null ? null : <p className="text-muted">{alike}</p>
  return (
    <dl className="grid gap-2">
      {differing.map(({ name, values }) => (
        <div key={name} className="grid gap-x-6 gap-y-0.5 border-t border-line pt-2 md:grid-cols-[15rem_minmax(0,1fr)]">
          <dt className="font-mono text-sm break-all">{name}</dt>
          <dd className="flex flex-wrap gap-x-6 gap-y-0.5">
            {values.map(({ member, words }) => (
              <span key={member} className="break-all">
                <span className="text-muted">{member}</span> {words ?? 'not told'}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

import { paths } from '#components/paths.ts'
import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { TableDrop } from '#domain/backup/table-drop.ts'
import type { ClusterView } from '#domain/fleet/view.ts'

/** What would be if somebody dropped a table at this moment; nothing before backups are in view. */
export function TableDropCard({ view: { cluster, tableDrop } }: { view: ClusterView }) {
  if (!tableDrop) return null
  const [first = '', ...more] = tableDrop.sentences
  const { tone, word } = looks[tableDrop.level]
  return (
    <Card
      title="If someone drops a table"
      aside={<TextLink href={paths.clusterBackups(cluster.name)}>Backups</TextLink>}
    >
      <StateMark tone={tone}>{word}</StateMark>
      <p className="pt-1 pb-2 text-lg tracking-[-0.01em] text-pretty">
        <Spoken sentence={first} />
      </p>
      {more.map((sentence) => (
        <p key={sentence} className="pb-1 text-muted">
          {sentence}
        </p>
      ))}
    </Card>
  )
}

const looks = {
  proven: { tone: 'ok', word: 'proven by rehearsal' },
  likely: { tone: 'info', word: 'not rehearsed lately' },
  doubtful: { tone: 'warn', word: 'the last rehearsal failed' },
  no: { tone: 'bad', word: 'it would be lost' },
  unseen: { tone: 'unseen', word: 'not known' },
} as const satisfies Record<TableDrop['level'], { tone: Tone; word: string }>

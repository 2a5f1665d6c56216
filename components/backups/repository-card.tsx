import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { repositoryProblem } from '#domain/backup/backup-repository.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { describeRetention } from '#domain/backup/repository-retention.ts'
import { ChoreButtons } from './chore-buttons.tsx'

/** What each repository keeps, in words, and what can be done to it. */
export function RepositoryCard({ cluster, view }: { cluster: string; view: BackupView }) {
  const { stanza, retention } = view
  const keys = stanza?.repositories.map(({ key }) => key) ?? []
  const kept = retention?.filter(({ repository }) => keys.length === 0 || keys.includes(repository)) ?? []
  return (
    <Card title={keys.length > 1 ? 'Repositories' : 'Repository'}>
      <div className="grid gap-3">
        {kept.map((each) => (
          <div key={each.repository} className="grid gap-0.5">
            {describeRetention(each).map((sentence) => (
              <p key={sentence} className="max-w-prose">
                {sentence}
              </p>
            ))}
          </div>
        ))}
        {retention === undefined ? (
          <p className="text-muted">What is kept stands in the configuration of {view.node}, which was not read yet.</p>
        ) : null}
        {stanza?.repositories.map((repository) => {
          const problem = repositoryProblem(repository)
          return problem === null ? null : (
            <p key={repository.key}>
              <StateMark tone="warn">{problem.sentence}</StateMark>
            </p>
          )
        })}
        <ChoreButtons cluster={cluster} repositories={keys} hasStanza={stanza !== null} />
      </div>
    </Card>
  )
}

import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import { count } from '#domain/words.ts'

/** What a chore on a repository found or did. */
export function RepositoryResultCard({ result, className }: { result: RepositoryResult; className: string }) {
  const { isSound, findings, node, repository, checkedFiles, expired } = result
  const gone = expired?.backups ?? []
  return (
    <Card title="Found" className={className}>
      <div className="grid gap-3">
        <p>
          <StateMark tone={isSound ? 'ok' : 'bad'}>{isSound ? 'as it should be' : 'something is wrong'}</StateMark>
        </p>
        {findings.length > 0 ? (
          <ul className="grid gap-1.5">
            {findings.map((finding) => (
              <li key={finding} className="break-words">
                {finding}
              </li>
            ))}
          </ul>
        ) : null}
        {gone.length > 0 ? (
          <div>
            <p className="text-muted">{count(gone.length, 'backup')} expired</p>
            <ul className="font-mono text-sm break-all">
              {gone.map(({ label }) => (
                <li key={label}>{label}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:text-right [&_dt]:text-muted">
          <dt>Repository</dt>
          <dd>{repository}</dd>
          <dt>Asked on</dt>
          <dd>{node}</dd>
          {checkedFiles === null ? null : (
            <>
              <dt>Files looked at</dt>
              <dd>{checkedFiles.toLocaleString('en-US')}</dd>
            </>
          )}
        </dl>
      </div>
    </Card>
  )
}

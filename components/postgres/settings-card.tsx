import { DifferingList } from '#components/layers/differing-card.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatServerVersion } from '#domain/format.ts'
import { settingsDiffering } from '#domain/stack/settings-differing.ts'
import { settingWords } from '#domain/stack/setting-words.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { PostgresTold } from './postgres-told.ts'

/** Versions, what members have differently that should be alike, and changes that wait for a restart. */
export function SettingsCard({ stack, told }: { stack: StackView; told: readonly PostgresTold[] }) {
  return (
    <Card title="Versions and settings">
      <div className="grid gap-4">
        <ul aria-label="Versions" className="flex flex-wrap gap-x-6 gap-y-1">
          {told.map(({ member, detail }) => (
            <li key={member}>
              <span className="font-medium">{member}</span> PostgreSQL {formatServerVersion(detail.version)}
              {detail.startedAt ? <Age at={detail.startedAt} before=", up for " className="text-muted" /> : null}
            </li>
          ))}
        </ul>
        <DifferingList
          differing={settingsDiffering(stack)}
          alike={told.length < 2 ? null : 'The members have the same version and the same settings.'}
        />
        <PendingRestarts told={told} />
      </div>
    </Card>
  )
}

function PendingRestarts({ told }: { told: readonly PostgresTold[] }) {
  const pending = told.flatMap(({ member, detail }) =>
    Object.entries(detail.settings)
      .filter(([, { pendingRestart }]) => pendingRestart)
      .map(([name, setting]) => ({ member, name, words: settingWords(setting) })),
  )
  if (pending.length === 0) return <p className="text-muted">No change waits for a restart.</p>
  return (
    <ul aria-label="Changes that wait for a restart" className="grid gap-1">
      {pending.map(({ member, name, words }) => (
        <li key={`${member} ${name}`} className="break-words">
          <StateMark tone="warn">
            {member} must be restarted before a change of <span className="font-mono text-sm">{name}</span> counts; it
            still runs with {words}.
          </StateMark>
        </li>
      ))}
    </ul>
  )
}

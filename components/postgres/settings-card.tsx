import { DifferingList } from '#components/layers/differing-card.tsx'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatServerVersion } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import { settingsDiffering } from '#domain/stack/settings-differing.ts'
import { settingWords } from '#domain/stack/setting-words.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { PostgresTold } from './postgres-told.ts'

interface SettingsCardProps {
  stack: StackView
  told: readonly PostgresTold[]
  now: Date
}

/** Versions, what members have differently that should be alike, and changes that wait for a restart. */
export function SettingsCard({ stack, told, now }: SettingsCardProps) {
  return (
    <Card title="Versions and settings">
      <div className="grid gap-4">
        <ul aria-label="Versions" className="flex flex-wrap gap-x-6 gap-y-1">
          {told.map(({ member, detail, looked }) => (
            <li key={member}>
              <span className="font-medium">{member}</span> PostgreSQL {formatServerVersion(detail.version)}
              {/* Of whom nothing was heard since, nobody knows that it is up. */}
              {detail.startedAt && !isLookedOld(looked, now) ? (
                <Age at={detail.startedAt} before=", up for " className="text-muted" />
              ) : null}{' '}
              <OldMark looked={looked} now={now} />
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

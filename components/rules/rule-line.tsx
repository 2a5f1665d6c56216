import { severityLooks } from '#components/alerts/severity-looks.ts'
import { Badge } from '#components/ui/badge.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { overrideWords } from '#domain/alerts/override-words.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { conditionWords } from './condition-words.ts'

interface RuleLineProps {
  shown: RouterOutputs['alerts']['rules'][number]
  onOpen: () => void
}

/** One rule: how bad it is when it fires, when it does, and what of it is otherwise than it comes. */
export function RuleLine({ shown: { rule, override }, onOpen }: RuleLineProps) {
  const isOff = override?.isEnabled === false
  const { tone, word } = severityLooks[override?.severity ?? rule.severity]
  const changes = overrideWords(rule, override)
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-start gap-x-4 gap-y-1 border-t border-line py-2 phone:grid-cols-1">
      <StateMark tone={isOff ? 'quiet' : tone} className="whitespace-nowrap">
        {isOff ? 'Off' : word}
      </StateMark>
      <div className="min-w-0 break-words">
        <button
          type="button"
          data-row={rule.id}
          onClick={onOpen}
          className="rounded-sm text-left font-medium underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current phone:min-h-11"
        >
          {rule.title}
        </button>
        <p className="text-muted">{conditionWords(rule, override)}</p>
        {changes.length === 0 ? null : (
          <p className="flex flex-wrap gap-1.5 pt-1">
            {changes.map((change) => (
              <Badge key={change}>{change}</Badge>
            ))}
          </p>
        )}
      </div>
    </li>
  )
}

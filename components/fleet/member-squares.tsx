import { cx } from 'class-variance-authority'
import type { FleetRow } from '#domain/view.ts'

interface MemberSquaresProps {
  members: FleetRow['members']
  leader: string | null
  isSeen: boolean
}

/** The members as small squares: filled = fine, struck = not, ringed gold = leads. */
export function MemberSquares({ members, leader, isSeen }: MemberSquaresProps) {
  const fine = members.filter((member) => member.isFine).length
  return (
    <span
      className="flex flex-wrap gap-1 phone:hidden"
      data-tip={members.map((member) => tipOf(member, isSeen)).join('\n')}
    >
      <span className="sr-only">
        {fine} of {members.length} members fine
      </span>
      {members.map((member) => (
        <svg key={member.name} viewBox="0 0 10 10" aria-hidden="true" className="size-2.5">
          <rect
            x="1"
            y="1"
            width="8"
            height="8"
            rx="2"
            className={cx(squareLook(member, leader, isSeen))}
            strokeWidth="1.6"
          />
          {member.isFine || !isSeen ? null : (
            <path d="m3.2 3.2 3.6 3.6m0-3.6L3.2 6.8" className="stroke-bad" strokeWidth="1.4" strokeLinecap="round" />
          )}
        </svg>
      ))}
    </span>
  )
}

function squareLook(member: FleetRow['members'][number], leader: string | null, isSeen: boolean): string {
  if (!isSeen) return 'fill-none stroke-faint'
  if (!member.isFine) return 'fill-none stroke-bad'
  return member.name === leader ? 'fill-lead stroke-lead' : 'fill-ok stroke-ok'
}

function tipOf(member: FleetRow['members'][number], isSeen: boolean): string {
  if (!isSeen) return `${member.name}: not seen`
  return `${member.name}: ${member.role.replaceAll('_', ' ')}${member.isFine ? '' : ', not fine'}`
}

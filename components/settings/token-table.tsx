'use client'

import { cx } from 'class-variance-authority'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { GrantWords } from './people/grant-words.tsx'
import type { RouterOutputs } from '#server/api/root.ts'

export type Token = RouterOutputs['tokens']['list'][number]

export function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: readonly Token[]
  /** Null for whoever may only look. */
  onRevoke: ((token: Token) => void) | null
}) {
  const now = useNow()
  return (
    <Table aria-label="Tokens">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Rights</Th>
          <Th>State</Th>
          <Th keep="desktop">Last used</Th>
          <Th keep="wide">Made by</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => {
          const isValid = token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now)
          return (
            <tr key={token.id} className={cx(!isValid && 'text-muted')}>
              <Td className="py-1.5 font-medium wrap-anywhere">{token.name}</Td>
              <Td className="py-1.5">
                <GrantWords grants={token.grants} />
              </Td>
              <Td className="py-1.5">
                <TokenState token={token} isValid={isValid} />
              </Td>
              <Td keep="desktop" className="text-muted">
                {token.lastUsedAt ? <Age at={token.lastUsedAt} after=" ago" /> : 'never'}
              </Td>
              <Td keep="wide" className="text-muted">
                {token.createdBy}, <Moment at={token.createdAt} />
              </Td>
              <Td align="right" className="py-1">
                {isValid && onRevoke ? (
                  <Button tone="quiet" size="small" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
                    Revoke
                  </Button>
                ) : null}
              </Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

function TokenState({ token, isValid }: { token: Token; isValid: boolean }) {
  if (token.revokedAt) {
    return (
      <StateMark tone="quiet">
        revoked <Moment at={token.revokedAt} />
      </StateMark>
    )
  }
  if (!isValid) return <StateMark tone="quiet">expired</StateMark>
  return (
    <StateMark tone={token.rightsRest ? 'warn' : 'ok'}>
      {token.expiresAt ? (
        <>
          valid until <Moment at={token.expiresAt} />
        </>
      ) : (
        'valid for good'
      )}
      {token.rightsRest
        ? `; rights that ${token.createdBy} has by a group rest until they sign in with the provider again`
        : ''}
    </StateMark>
  )
}

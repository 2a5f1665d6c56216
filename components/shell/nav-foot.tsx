'use client'

import Link from 'next/link'
import { paths } from '#components/paths.ts'
import { useRoleWords, useViewer } from '#components/session/session-context.tsx'
import { signOut } from '#components/session/sign-out.ts'
import { Button } from '#components/ui/button.tsx'
import { useShell } from './shell-context.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { toggleTheme, useTheme } from './theme.ts'

/** Who is signed in, and what concerns only this browser. */
export function NavFoot() {
  const viewer = useViewer()
  const roles = useRoleWords()
  const theme = useTheme()
  const { openKeys } = useShell()
  const isDark = theme === 'dark'
  return (
    <div className="mt-auto grid gap-1.5 pt-6">
      <Link
        href={paths.account()}
        prefetch={false}
        className="grid rounded-md px-2 py-1.5 text-muted hover:bg-raised hover:text-text"
      >
        <span className="truncate">{viewer.name}</span>
        <span className="text-sm text-faint">{roles}</span>
      </Link>
      <div className="flex gap-0.5">
        <Button
          tone="quiet"
          size="icon"
          aria-label={isDark ? 'Use the light theme' : 'Use the dark theme'}
          data-tip={isDark ? 'Light theme' : 'Dark theme'}
          icon={isDark ? <Icon name="sun" /> : <Icon name="moon" />}
          onClick={toggleTheme}
        />
        <Button
          tone="quiet"
          size="icon"
          aria-label="List the keys"
          data-tip="Keys (?)"
          icon={<Icon name="keys" />}
          onClick={openKeys}
        />
        <Button
          tone="quiet"
          size="icon"
          aria-label="Sign out"
          data-tip="Sign out"
          icon={<Icon name="sign-out" />}
          onClick={() => void signOut()}
        />
      </div>
    </div>
  )
}

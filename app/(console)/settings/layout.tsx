import type { ReactNode } from 'react'
import { SettingsTabs } from '#components/settings/settings-tabs.tsx'
import { findAdmitted } from '#server/api/caller.ts'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // Without a viewer there is no shell around: the page itself sends to sign in. Whoever has no role has no other settings.
  if (!(await findAdmitted())?.grants.length) return children
  return (
    <div className="grid gap-6">
      <SettingsTabs />
      {children}
    </div>
  )
}

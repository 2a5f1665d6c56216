'use client'

import { usePathname } from 'next/navigation'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { Tabs } from '#components/ui/tabs.tsx'

/** The head of all settings; who may not see people is not shown the way there. */
export function SettingsTabs() {
  const path = usePathname()
  const maySeePeople = useMay('people.read', 'everywhere')
  const mayManageUsers = useMay('users.manage', 'everywhere')
  const mayShare = useMay('shares.manage', 'everywhere')
  const maySeePolicies = useMay('operations.read', 'everywhere')
  return (
    <div className="grid gap-2">
      <PageHeader title="Settings" isLive={false} />
      <Tabs
        label="Settings"
        current={path}
        tabs={[
          { href: paths.clusterSettings(), label: 'Clusters' },
          ...(maySeePeople ? [{ href: paths.userSettings(), label: 'People' }] : []),
          ...(mayManageUsers ? [{ href: paths.identitySettings(), label: 'Sign-in' }] : []),
          { href: paths.notificationSettings(), label: 'Notifications' },
          ...(maySeePolicies ? [{ href: paths.policySettings(), label: 'Approvals' }] : []),
          ...(mayShare ? [{ href: paths.watcherSettings(), label: 'Watchers' }] : []),
          { href: paths.historySettings(), label: 'History' },
          { href: paths.account(), label: 'Account' },
          { href: paths.apiSettings(), label: 'API' },
        ]}
      />
    </div>
  )
}

import type { ReactNode } from 'react'

/** What would be here, and how to get it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-1.5 py-6">
      <p className="text-lg">{title}</p>
      {children ? <p className="max-w-prose text-muted">{children}</p> : null}
      {action ? <div className="pt-3">{action}</div> : null}
    </div>
  )
}

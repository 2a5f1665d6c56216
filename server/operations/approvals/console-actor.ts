import type { AuditRecord } from '#domain/fleet/view.ts'

/** Who ends what ran out or became void: no person did. */
export const consoleActor = { id: null, name: 'Matriarch', kind: 'console' } as const satisfies AuditRecord['actor']

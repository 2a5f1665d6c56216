import type { SetupFinding } from './setup-finding.ts'

type Fix = NonNullable<SetupFinding['fix']>

/** A part of the dynamic configuration, which every node follows. */
export function dynamicFix(paste: string): Fix {
  return { where: 'patronictl edit-config', paste }
}

/** A setting of Postgres in the dynamic configuration; patroni.yml of a node must not say otherwise. */
export function parameterFix(name: string, value: string | number, needs: 'reload' | 'restart' = 'reload'): Fix {
  const text = typeof value === 'number' || /^\d+$/.test(value) ? value : `"${value}"`
  return {
    where:
      needs === 'reload' ? 'patronictl edit-config' : 'patronictl edit-config, then patronictl restart at a quiet time',
    paste: `postgresql:\n  parameters:\n    ${name}: ${text}`,
  }
}

/** A line of pgbouncer.ini, which is read again at a RELOAD. */
export function pgbouncerFix(paste: string): Fix {
  return { where: '[pgbouncer] in pgbouncer.ini on each node, then RELOAD', paste }
}

/** Lines of haproxy.cfg. */
export function haproxyFix(paste: string): Fix {
  return { where: 'haproxy.cfg on each HAProxy, then reload it', paste }
}

/** Lines of pgbackrest.conf. */
export function pgbackrestFix(paste: string): Fix {
  return { where: '[global] in pgbackrest.conf on each node', paste }
}

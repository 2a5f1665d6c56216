import { z } from 'zod'
import { clusterName } from './fields.ts'

const user = z.string().min(1, 'Is empty.').max(200, 'Is too long.').nullable().default(null)

/** An address as people write it; kept as scheme, host and port, or as the whole page where there is a path to keep. */
function httpAddress(options: { example: string; port: number; keeps: 'origin' | 'page' }) {
  return z
    .string()
    .max(300, 'Is too long.')
    .transform((text, context) => {
      const trimmed = text.trim()
      const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
      const whole = hasScheme ? trimmed : `http://${trimmed}`
      if (!URL.canParse(whole) || !/^https?:\/\//i.test(whole)) {
        context.addIssue(`Must be an address such as ${options.example}.`)
        return z.NEVER
      }
      const url = new URL(whole)
      if (url.username !== '' || url.password !== '') {
        context.addIssue('Must not hold a user or password: they have fields of their own.')
        return z.NEVER
      }
      if (!hasScheme && url.port === '' && !/:80($|\/)/.test(trimmed)) url.port = String(options.port)
      return options.keeps === 'origin' ? url.origin : url.href
    })
}

const patroniUrl = httpAddress({ example: 'http://10.0.1.10:8008', port: 8008, keeps: 'origin' })
const etcdUrl = httpAddress({ example: 'http://10.0.1.20:2379', port: 2379, keeps: 'origin' })
const haproxyUrl = httpAddress({ example: 'http://10.0.1.30:7000/', port: 7000, keeps: 'page' })

/** A cluster as typed; what is left out gets its usual value. */
export const draft = z.strictObject({
  name: clusterName,
  labels: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  patroniUrls: z.array(patroniUrl).min(1, 'Give one Patroni address at least.').max(50),
  patroniUser: user,
  caPem: z
    .string()
    .max(200_000, 'Is too long for certificates.')
    .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'Must hold a certificate in PEM form.')
    .nullable()
    .default(null),
  etcdUrls: z.array(etcdUrl).max(20).default([]),
  etcdUser: user,
  etcdNamespace: z
    .string()
    .regex(/^\/[^\s]{0,200}$/, 'Must begin with a slash, such as /service.')
    .default('/service'),
  haproxyUrl: haproxyUrl.nullable().default(null),
  haproxyUser: user,
  postgresUser: user,
  postgresDatabase: z.string().min(1).max(63).default('postgres'),
  poolerPort: z.int().min(1).max(65_535).nullable().default(null),
  // An empty text removes a kept secret.
  secrets: z
    .partialRecord(
      z.enum(['patroni-password', 'etcd-password', 'haproxy-password', 'postgres-password']),
      z.string().max(1_000, 'Is too long.'),
    )
    .default({}),
})

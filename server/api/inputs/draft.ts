import { z } from 'zod'
import { clusterName } from './fields.ts'

const user = z.string().min(1, 'Is empty.').max(200, 'Is too long.').nullable().default(null)

function httpUrl(example: string) {
  const sentence = `Must be an address such as ${example}.`
  return z
    .url({ protocol: /^https?$/, error: sentence })
    .max(300, 'Is too long.')
    .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'Must not hold a user or password.')
}

/** A cluster as typed; what is left out gets its usual value. */
export const draft = z.strictObject({
  name: clusterName,
  labels: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  patroniUrls: z.array(httpUrl('http://10.0.1.10:8008')).min(1, 'Give one Patroni address at least.').max(50),
  patroniUser: user,
  caPem: z
    .string()
    .max(200_000, 'Is too long for certificates.')
    .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'Must hold a certificate in PEM form.')
    .nullable()
    .default(null),
  etcdUrls: z.array(httpUrl('http://10.0.1.20:2379')).max(20).default([]),
  etcdUser: user,
  etcdNamespace: z
    .string()
    .regex(/^\/[^\s]{0,200}$/, 'Must begin with a slash, such as /service.')
    .default('/service'),
  haproxyUrl: httpUrl('http://10.0.1.30:7000/').nullable().default(null),
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

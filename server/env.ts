import type { EmailRule } from '#domain/people/oidc/told-email.ts'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readWitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { AppError } from './errors.ts'

export type ConsoleEnv = ReturnType<typeof readConsoleEnv>

/** What the web process is told: a role that cannot read secrets, the session secret, its own address. */
export function readWebEnv() {
  const env = parse(
    z.object({
      MATRIARCH_WEB_DATABASE_URL: postgresUrl,
      NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
      NEXTAUTH_URL: z.url('must be the address people open, such as http://127.0.0.1:4400'),
      PORT: port,
      MATRIARCH_REACH: reach,
    }),
  )
  return {
    databaseUrl: env.MATRIARCH_WEB_DATABASE_URL,
    secret: env.NEXTAUTH_SECRET,
    publicUrl: env.NEXTAUTH_URL,
    port: env.PORT,
    /** Networks where a provider of sign-ins may be asked. */
    reach: env.MATRIARCH_REACH,
  }
}

/** What the web process is told of a provider of sign-ins; null = people sign in by password alone. */
export function readOidcEnv(): OidcEnv | null {
  const env = parse(
    z.object({
      MATRIARCH_OIDC_ISSUER: z.url('must be the address of the provider, as its discovery document says it').optional(),
      MATRIARCH_OIDC_CLIENT_ID: z.string().optional(),
      MATRIARCH_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
      MATRIARCH_OIDC_NAME: z.string().max(60, 'may have 60 characters').optional(),
      MATRIARCH_OIDC_SCOPES: words.default(['openid', 'email', 'profile']),
      MATRIARCH_OIDC_GROUPS_CLAIM: z.string().max(200).default('groups'),
      MATRIARCH_OIDC_EMAIL_VERIFIED: z
        .enum(['required', 'unless-denied'], 'must be required or unless-denied')
        .default('required'),
      MATRIARCH_OIDC_STEP_UP: words.default([]),
      MATRIARCH_OIDC_RIGHTS_DAYS: z.coerce
        .number(rightsDays)
        .int(rightsDays)
        .min(1, rightsDays)
        .max(90, rightsDays)
        .default(7),
    }),
  )
  const issuer = env.MATRIARCH_OIDC_ISSUER
  if (issuer === undefined) return null
  if (env.MATRIARCH_OIDC_CLIENT_ID === undefined) {
    throw new AppError('invalid', 'The environment is not right: MATRIARCH_OIDC_CLIENT_ID is not set.')
  }
  return {
    issuer,
    clientId: env.MATRIARCH_OIDC_CLIENT_ID,
    clientSecret: secretIn(env.MATRIARCH_OIDC_CLIENT_SECRET_FILE),
    name: env.MATRIARCH_OIDC_NAME ?? new URL(issuer).hostname,
    scopes: [...new Set(['openid', ...env.MATRIARCH_OIDC_SCOPES])],
    groupsClaim: env.MATRIARCH_OIDC_GROUPS_CLAIM,
    stepUpWords: env.MATRIARCH_OIDC_STEP_UP,
    emailRule: env.MATRIARCH_OIDC_EMAIL_VERIFIED,
    rightsDays: env.MATRIARCH_OIDC_RIGHTS_DAYS,
  }
}

// Never less than a session lasts.
const rightsDays = 'must be a whole number of days from 1 to 90'

export interface OidcEnv {
  issuer: string
  clientId: string
  /** Null = a public client. */
  clientSecret: string | null
  /** The provider as the sign-in page names it. */
  name: string
  scopes: readonly string[]
  groupsClaim: string
  /** Values of acr or amr that stand for a second factor; none = the provider's word on it does not count. */
  stepUpWords: readonly string[]
  /** Whether the provider must say that an e-mail address is confirmed. */
  emailRule: EmailRule
  /** For how many days after a sign-in with the provider its groups' rights count. */
  rightsDays: number
}

/** The variables of a provider as they are, for the web process alone. */
export function oidcVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('MATRIARCH_OIDC_') && value !== undefined ? [[name, value]] : [],
    ),
  )
}

/** The variables that a worker alone is told as they are: addresses of witnesses may hold passwords. */
export function workerVariables(): Record<string, string> {
  return Object.fromEntries(
    ['MATRIARCH_AUDIT_WITNESS', 'MATRIARCH_DEBUG_KILL_FILE'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function secretIn(path: string | undefined): string | null {
  if (path === undefined) return null
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret !== '') return secret
  } catch (cause) {
    throw new AppError('invalid', `MATRIARCH_OIDC_CLIENT_SECRET_FILE cannot be read: ${path}.`, { cause })
  }
  throw new AppError('invalid', `MATRIARCH_OIDC_CLIENT_SECRET_FILE is empty: ${path}.`)
}

/** What a worker is told: the store as its owner, the folder with the keys, its stable name. */
export function readWorkerEnv() {
  const env = parse(
    z.object({
      DATABASE_URL: postgresUrl,
      MATRIARCH_HOME: home,
      MATRIARCH_WORKER_ID: workerId,
      MATRIARCH_PUBLIC_URL: z.url('must be the address people open, such as https://matriarch.example.org').optional(),
      MATRIARCH_REACH: reach,
      MATRIARCH_AUDIT_WITNESS: witnesses,
      MATRIARCH_DEBUG_KILL_AT: z.string().optional(),
      MATRIARCH_DEBUG_KILL_FILE: z.string().optional(),
    }),
  )
  return {
    databaseUrl: env.DATABASE_URL,
    home: env.MATRIARCH_HOME,
    workerId: env.MATRIARCH_WORKER_ID,
    /** Where people open the console; null = notifications hold no links. */
    publicUrl: env.MATRIARCH_PUBLIC_URL ?? null,
    /** Networks that may be connected to at addresses which people type. */
    reach: env.MATRIARCH_REACH,
    /** Addresses that checkpoints of the audit log are sent to. */
    auditWitnesses: env.MATRIARCH_AUDIT_WITNESS,
    /** Named point at which a test lets the worker die, such as `ask:after-intent`. */
    debugKillAt: env.MATRIARCH_DEBUG_KILL_AT ?? null,
    /** File in which a test names such a point while the worker runs; the first who comes to it takes the file away. */
    debugKillFile: env.MATRIARCH_DEBUG_KILL_FILE ?? null,
  }
}

/** What whoever starts the console may say; null = chosen by the console. */
export function readConsoleEnv() {
  const env = parse(
    z.object({
      DATABASE_URL: postgresUrl.optional(),
      MATRIARCH_HOME: home,
      MATRIARCH_HOST: z.string().min(1).default('127.0.0.1'),
      MATRIARCH_TRUSTED_PROXIES: networks,
      MATRIARCH_PUBLIC_URL: z.url('must be the address people open, such as https://matriarch.example.org').optional(),
      MATRIARCH_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
      MATRIARCH_WORKER_ID: workerId,
      MATRIARCH_REACH: z.string().optional(),
      PORT: port,
    }),
  )
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    home: env.MATRIARCH_HOME,
    host: env.MATRIARCH_HOST,
    port: env.PORT,
    trustedProxies: env.MATRIARCH_TRUSTED_PROXIES,
    publicUrl: env.MATRIARCH_PUBLIC_URL ?? null,
    adminPassword: env.MATRIARCH_ADMIN_PASSWORD ?? null,
    workerId: env.MATRIARCH_WORKER_ID,
    /** Networks that may be connected to at typed addresses, as they are written. */
    reach: env.MATRIARCH_REACH ?? null,
  }
}

/** Environment of a child process: the harmless part of ours and what the child is told, nothing else. */
export function childEnv(told: Record<string, string>): NodeJS.ProcessEnv {
  const kept: Record<string, string> = {}
  for (const name of passedOn) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return { NODE_ENV: 'production', ...kept, ...told }
}

const passedOn = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NO_COLOR',
]

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/./, 'must begin with postgresql://')
const port = z.coerce
  .number()
  .int()
  .min(1, 'must be between 1 and 65535')
  .max(65_535, 'must be between 1 and 65535')
  .default(4400)
const words = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))
const networks = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((all) => all.every(isNetwork), 'must hold addresses or networks such as 10.0.0.7 or 10.0.0.0/24, with commas')
const reach = z
  .string()
  .default('private, public')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine(
    (all) => all.every((word) => word === 'private' || word === 'public' || isNetwork(word)),
    'must hold private, public, addresses or networks such as 10.0.0.0/8, with commas',
  )
const witnesses = z
  .string()
  .default('')
  .transform((text, context) =>
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .flatMap((each) => {
        const address = readWitnessAddress(each)
        if (address !== null) return address
        context.addIssue('must hold addresses such as syslog+tcp://logs.example.org:514, with commas')
        return []
      }),
  )
const home = z
  .string()
  .min(1)
  // Asked only where it is needed: a user of a container may have no home.
  .default(() => join(homedir(), '.matriarch'))
  .transform((path) => resolve(path))
const workerId = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'may hold letters, digits, dots, dashes and underscores only')
  .default('worker-1')

// An empty variable counts as absent, as in a shell script that passes "${X:-}".
function parse<T>(schema: z.ZodType<T>): T {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const sentences = result.error.issues.map(
    (issue) => `${issue.path.join('.')} ${issue.code === 'invalid_type' ? 'is not set' : issue.message}.`,
  )
  throw new AppError('invalid', `The environment is not right: ${sentences.join(' ')}`)
}

// An address, or an address and how many of its leading bits count.
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

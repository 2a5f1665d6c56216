import { hashPassword } from '#server/auth/password.ts'
import { signIn, type SignInTry } from '#server/auth/sign-in.ts'
import { AppError } from '#server/errors.ts'
import { insertUser } from '#server/store/users.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { withBenchStore } from './bench-store.ts'
import { report } from './report.ts'
import { median, percentile, round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const attempts = 10_000
const atOnce = 50
const wantedAMinute = 10_000
const secret = 'a secret of at least thirty-two characters'
const password = 'correct horse battery'
const email = 'anna@example.org'

/** What a flood of sign-ins gets, and what it leaves to the owner: against one account from everywhere, and against all accounts at once. */
export async function signInBench(stopping: AbortSignal): Promise<void> {
  await withBenchStore((store) => unlessStopped(measure(store), stopping))
}

async function measure(owner: Store): Promise<void> {
  // As many connections as the web tier has.
  const store = openStore(owner.url, { max: 10 })
  try {
    await insertUser(store.pool, {
      email,
      name: 'Anna',
      grants: [],
      passwordHash: await hashPassword(password),
      grantedBy: 'bench',
    })
    const { device: proof } = await signIn({ store, secret }, tryOf({ password }))
    const device = proof ?? ''
    const alone = await untilIn(store, device, 20)
    const everywhere = (n: number) => ({ address: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` })
    await flood(store, { of: 'one account from everywhere', device, alone, change: everywhere })
    const everybody = (n: number) => ({ ...everywhere(n), email: `person-${n}@example.org` })
    await flood(store, { of: 'all accounts from everywhere', device, alone, change: everybody })
  } finally {
    await store.close()
  }
}

async function flood(
  store: Store,
  {
    of,
    device,
    alone,
    change,
  }: { of: string; device: string; alone: number[]; change: (n: number) => Partial<SignInTry> },
): Promise<void> {
  const outcomes: Record<string, number> = {}
  let next = 0
  let isOver = false
  const beganAt = performance.now()
  const cpuBefore = process.cpuUsage()
  const one = async () => {
    while (next < attempts) {
      const what = await outcomeOf(store, tryOf({ password: 'wrong', ...change(next++) }))
      outcomes[what] = (outcomes[what] ?? 0) + 1
    }
  }
  const owner: number[] = []
  const ownerComes = async () => {
    while (!isOver) owner.push(...(await untilIn(store, device, 1)))
  }
  const coming = ownerComes()
  await Promise.all(Array.from({ length: atOnce }, one))
  const seconds = (performance.now() - beganAt) / 1_000
  isOver = true
  await coming
  const { user, system } = process.cpuUsage(cpuBefore)
  const { rows } = await store.pool.query<{ rows: number }>('select count(*)::int as rows from sign_in_attempt')
  const aMinute = Math.round((attempts / seconds) * 60)
  report({
    bench: 'sign-in',
    of,
    attempts,
    aMinute,
    wantedAMinute,
    isWithin: aMinute >= wantedAMinute,
    passwordsChecked: outcomes['unauthenticated'] ?? 0,
    toldToWait: outcomes['limited'] ?? 0,
    rowsKept: rows[0]?.rows ?? null,
    cpuShareOfACore: round((user + system) / 1e6 / seconds, 2),
    ownerCameIn: owner.length,
    ownerMs: round(median(owner)),
    ownerP95Ms: round(percentile(owner, 0.95)),
    ownerAloneMs: round(median(alone)),
    ratio: round(median(owner) / median(alone), 2),
  })
}

/** How long the owner takes to come in from a known browser, so many times; throws where he is kept out. */
async function untilIn(store: Store, device: string, times: number): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const beganAt = performance.now()
    await signIn({ store, secret }, tryOf({ password, device }))
    took.push(performance.now() - beganAt)
  }
  return took
}

async function outcomeOf(store: Store, attempt: SignInTry): Promise<string> {
  try {
    await signIn({ store, secret }, attempt)
    return 'in'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

function tryOf(change: Partial<SignInTry>): SignInTry {
  return { email, password: '', address: '10.0.0.1', userAgent: 'bench', device: null, ...change }
}
